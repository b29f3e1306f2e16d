// `validate`: how far predictions are off measured serving runs.
#include "answer/measure/validation_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"

namespace roofline::cli {
namespace {

constexpr Flag by_flag{.name = "by",
                       .value = "GROUP,...",
                       .help = "{} [all of them]",
                       .choices = row_group_names,
                       .noun = "way to group rows"};
constexpr std::array flags{calibration_flag, by_flag};

std::vector<const RowGroup*> wanted_groups(const Arguments& arguments) {
    std::vector<const RowGroup*> groups;
    for (const std::size_t place : arguments.choices(by_flag))
        groups.push_back(&row_groups()[place]);
    if (groups.empty())
        for (const RowGroup& group : row_groups()) groups.push_back(&group);
    return groups;
}

Answer run(const Arguments& arguments, Session& session) {
    const std::string& file = arguments.positionals()[0];
    const std::vector<const RowGroup*> by = wanted_groups(arguments);
    const Calibration calibration = calibration_from(arguments);
    const Validation validation =
        validate(file, session.catalog, fitted_efficiency(), calibration.scales);
    const ErrorsBy errors = errors_by(validation, by);
    return {.report = validation_report(file, validation, errors, by),
            .status = errors.all.compared() > 0 ? Exit::ok : Exit::negative};
}

}  // namespace

extern const Command validate_command;
constinit const Command validate_command{
    .path = "validate",
    .summary = "how far predictions are off measured serving runs",
    .examples = "roofline validate runs.csv\nroofline validate runs.csv --by engine --json",
    .positionals = measured_rows,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
