// `calibrate`: scales for one deployment, from a few measured runs of it.
#include "answer/measure/calibration_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"

namespace roofline::cli {
namespace {

Answer run(const Arguments& arguments, Session& session) {
    const std::string& file = arguments.positionals()[0];
    return {.report =
                calibration_report(file, calibrate(file, session.catalog, fitted_efficiency()))};
}

}  // namespace

extern const Command calibrate_command;
constinit const Command calibrate_command{
    .path = "calibrate",
    .summary = "scales for one deployment, from a few measured runs of it",
    .examples =
        "roofline calibrate runs.csv -o profile.json\n"
        "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 32 --calibration "
        "profile.json",
    .positionals = measured_rows,
    .run = run};

}  // namespace roofline::cli
