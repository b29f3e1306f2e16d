// `analyze`: where a model spends its time on a device, and whether it fits.
#include "answer/analyze/analyze_report.hpp"
#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_derivations.hpp"
#include "answer/memory/misfit.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"

namespace roofline::cli {
namespace {

constexpr std::array<FieldWord, 7> fields{
    FieldPart::shape, FieldPart::server, "batch", "isl", "osl", "context", "price"};
constexpr std::array flags{calibration_flag};

Answer run(const Arguments& arguments, Session& session) {
    const Deployment asked = deployment_from(arguments, session.asking());
    const Calibration calibration = calibration_from(arguments);
    LoweredDeployment lowered(asked, session.knowledge(calibration.scales));
    const Evaluation evaluation = lowered.evaluate();
    const Prepared& prepared = lowered.prepared();
    if (evaluation.standing != Standing::stands)
        return {.report = misfit_report("analyze", prepared, evaluation,
                                        fitting_levers(prepared, session.catalog)),
                .status = row_of(evaluation.standing).exit};
    const auto levers = helpful_levers(prepared, evaluation, session.knowledge(calibration.scales));
    Report report =
        analyze_report(prepared, evaluation, lowered.expected_parts(evaluation), levers);
    if (arguments.has(global::explain))
        report.derivations = derivations_of(prepared, evaluation.step());
    name_calibration(calibration, evaluation.deployment, report);
    return {.report = std::move(report)};
}

}  // namespace

extern const Command analyze_command;
constinit const Command analyze_command{
    .path = "analyze",
    .summary = "where a model spends its time on a device, and whether it fits",
    .examples =
        "roofline analyze llama-3.1-8b --hw h100-sxm --batch 32 --context 4k\n"
        "roofline analyze llama-3.1-70b --hw b200x2 --quant fp8 --price lambda\n"
        "roofline analyze ./config.json --hw h100-sxm --get result.decode.bound_s",
    .positionals = model_name,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
