// `estimate`: what a served deployment delivers.
#include "answer/estimate/estimate_report.hpp"
#include "answer/memory/misfit.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "workload/load_rules.hpp"
namespace roofline::cli {
namespace {

constexpr std::array<FieldWord, 10> fields{FieldPart::shape,
                                           FieldPart::server,
                                           FieldPart::habit,
                                           "concurrency",
                                           "rate",
                                           "users",
                                           "think",
                                           "isl",
                                           "osl",
                                           "price"};
constexpr std::array flags{calibration_flag};

Answer run(const Arguments& arguments, Session& session) {
    const Deployment asked = deployment_from(arguments, session.asking());
    require_load(asked);
    const Calibration calibration = calibration_from(arguments);
    LoweredDeployment lowered(asked, session.knowledge(calibration.scales));
    const Evaluation evaluation = lowered.evaluate();
    const PreparedService& service = lowered.service();
    const Exit status = row_of(evaluation.standing).exit;
    switch (evaluation.standing) {
        case Standing::does_not_fit:
            return {.report = misfit_report("estimate", service.prepared, evaluation,
                                            fitting_levers(service.prepared, session.catalog)),
                    .status = status};
        case Standing::overloaded:
            return {.report = overload_report(service, *evaluation.open), .status = status};
        case Standing::stands:
            break;
    }
    const auto levers =
        helpful_levers(service.prepared, evaluation, session.knowledge(calibration.scales));
    return {.report = estimate_report(service, evaluation, levers, calibration)};
}

}  // namespace

extern const Command estimate_command;
constinit const Command estimate_command{
    .path = "estimate",
    .summary = "what a served deployment delivers: latency, throughput, and what limits it",
    .examples =
        "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 32\n"
        "roofline estimate deepseek-r1 --hw b200x8 --engine trtllm --quant nvfp4 "
        "--concurrency 64 --isl 1k --osl 1k\n"
        "roofline estimate llama-3.1-8b --hw h100-sxm --rate 5",
    .positionals = model_name,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
