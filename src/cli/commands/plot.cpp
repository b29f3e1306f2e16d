// `plot`: pictures of deployments on their roofline, and of columns of figures.
#include "roofline/error/user_error.hpp"
#include "roofline/search/axis.hpp"

#include "answer/plot/plot_figures.hpp"
#include "answer/plot/plot_roofline.hpp"
#include "answer/plot/scenario_rows.hpp"
#include "ask/asked_space.hpp"
#include "ask/scenario.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

constexpr std::array pictured{Positional{
    "SCENARIO", "'MODEL@HW name=value ...' or a saved JSON answer; or the CSV file of a sweep", 1,
    100}};
constexpr std::array<std::string_view, 2> pictured_bases{basis_names[0], basis_names[1]};
constexpr Flag picture_basis{.name = "basis",
                             .value = "BASIS",
                             .help = "{} [expected]",
                             .choices = pictured_bases,
                             .noun = "basis of a picture"};
constexpr Flag points{.name = "points",
                      .value = "KIND,...",
                      .help = "{}: op is every operator of a step [decode,prefill]",
                      .choices = point_kind_names,
                      .noun = "kind of point"};
constexpr Flag dtypes{"dtype", "PRECISION,...", "more roofs than the points have"};
constexpr Flag x_flag{"x", "COLUMN",
                      "of ranges [tokens_per_s] or a CSV file: a column or a figure"};
constexpr Flag y_flag{"y", "COLUMN", "the same [tpot]: ttft, usd_per_1m_output"};
constexpr Flag series{"series", "COLUMN,...", "a line for each of their values [inputs that vary]"};
constexpr Flag where{"where", "CONDITION,...",
                     "lines of such limits on the axes: 'tpot<30ms,tokens_per_s>1000'"};
constexpr Flag pareto{"pareto", "", "draw the points that no other beats in both figures"};
constexpr Flag title{"title", "TEXT", "over the picture"};
constexpr std::array flags{calibration_flag, picture_basis, points, dtypes, x_flag,
                           y_flag,           series,        where,  pareto, title};

Basis pictured_basis_from(const Arguments& arguments) {
    return static_cast<Basis>(
        arguments.choice(picture_basis, static_cast<std::size_t>(Basis::expected)));
}

bool asks_for_figures(const Arguments& arguments) {
    return arguments.has(x_flag) || arguments.has(y_flag) || arguments.has(where) ||
           names_table(arguments.positionals()[0]) ||
           std::ranges::any_of(arguments.positionals(), has_range);
}

FigureRows rows_from(const Arguments& arguments, Session& session) {
    const std::vector<std::string>& asked = arguments.positionals();
    refuse(arguments, {&points, &dtypes}, "is of a roofline, and these are columns");
    if (is_inline(asked[0]))
        return scenario_rows(asked, session.knowledge(calibration_from(arguments).scales),
                             pictured_basis_from(arguments), session.asking());
    if (asked.size() > 1)
        fail(ErrorCode::extra_argument, "columns are drawn of one file",
             "lay files together first, or draw them one by one");
    refuse(arguments, {&picture_basis, &calibration_flag},
           formatted("is of scenarios, and {} is a table of figures", asked[0]));
    return read_figure_rows(asked[0]);
}

// Scenarios have the columns of the curve that is asked for most: latency over throughput.
std::size_t column_from(const Arguments& arguments, const Flag& flag, std::string_view usual,
                        const FigureRows& rows) {
    const std::string label = label_of(flag);
    if (const auto text = arguments.text(flag)) return column_of(rows, *text, label);
    if (rows.rows.front().line == 0) return column_of(rows, usual, label);
    fail(ErrorCode::missing_argument,
         formatted("{} is missing: which column of {}?", label, rows.name),
         formatted("it is one of {}", joined(rows.columns, ", ")));
}

Answer figures_answer(const Arguments& arguments, Session& session) {
    const FigureRows rows = rows_from(arguments, session);
    FigureChoice choice{.x = column_from(arguments, x_flag, "tokens_per_s", rows),
                        .y = column_from(arguments, y_flag, "tpot", rows),
                        .groups = {}};
    if (!arguments.has(series)) choice.groups = usual_groups(rows, choice.x, choice.y);
    for (const std::string& name : arguments.list(series))
        choice.groups.push_back(column_of(rows, name, label_of(series)));
    std::vector<Condition> limits;
    if (const auto text = arguments.text(where)) limits = parse_conditions(*text, label_of(where));
    return {.report = figures_report(rows, {.choice = choice,
                                            .pareto = arguments.has(pareto),
                                            .title = arguments.text(title),
                                            .limits = std::move(limits)})};
}

std::vector<PointKind> kinds_from(const Arguments& arguments) {
    std::vector<PointKind> kinds;
    for (const std::size_t place : arguments.choices(points))
        kinds.push_back(static_cast<PointKind>(place));
    if (kinds.empty()) kinds = {PointKind::decode, PointKind::prefill};
    return kinds;
}

std::vector<Precision> roofs_from(const Arguments& arguments, const Device& device) {
    std::vector<Precision> precisions;
    for (const std::string& name : arguments.list(dtypes))
        precisions.push_back(arithmetic_of(device, name));
    return precisions;
}

// What was meant as a range is one value here.
Scenario scenario_from(const std::string& text, Session& session) {
    try {
        return read_scenario(text, session.asking());
    } catch (const UserError& error) {
        throw hinting_at_ranges(error.fault(), text);
    }
}

Answer roofline_answer(const Arguments& arguments, Session& session) {
    refuse(arguments, {&series, &pareto},
           formatted("is of columns, and '{}' is a scenario", arguments.positionals()[0]),
           "name a CSV file and its columns, as in --x batch --y tpot");
    const Basis basis = pictured_basis_from(arguments);
    const std::vector<PointKind> kinds = kinds_from(arguments);
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge = session.knowledge(calibration.scales);
    std::vector<PlottedDeployment> all;
    Exit status = Exit::ok;
    for (const std::string& text : arguments.positionals()) {
        const Scenario scenario = scenario_from(text, session);
        all.push_back(
            {scenario.name, roofline_place(scenario.deployment, basis, kinds, knowledge)});
        if (status == Exit::ok) status = row_of(all.back().place.standing).exit;
    }
    const RooflinePicture picture{
        .basis = basis,
        .more_roofs = [&](const Device& device) { return roofs_from(arguments, device); },
        .title = arguments.text(title)};
    return {.report = roofline_report(all, picture, calibration), .status = status};
}

Answer run(const Arguments& arguments, Session& session) {
    return asks_for_figures(arguments) ? figures_answer(arguments, session)
                                       : roofline_answer(arguments, session);
}

}  // namespace

extern const Command plot_command;
constinit const Command plot_command{
    .path = "plot",
    .summary = "pictures: deployments on their roofline, or columns of a sweep",
    .examples =
        "roofline plot 'llama-3.1-8b@h100-sxm batch=32 context=4k'\n"
        "roofline plot 'llama-3.1-8b@h100-sxm batch=32' 'llama-3.1-8b@b200 batch=32' "
        "--points decode,op --basis bound\n"
        "roofline plot 'llama-3.1-8b@h100-sxm batch=32' -o roofline.svg\n"
        "roofline plot 'llama-3.1-8b@h100-sxm concurrency=1..256' 'llama-3.1-8b@l40s "
        "concurrency=1..256'\n"
        "roofline plot 'llama-3.1-8b@h100 concurrency=1..256' --where 'tpot<30ms'\n"
        "roofline plot sweep.csv --x tokens_per_s --y tpot --series hw --pareto",
    .positionals = pictured,
    .flags = flags,
    .run = run,
    .draws = Draws::pictures,
    .dialect = Dialect::scenario};

}  // namespace roofline::cli
