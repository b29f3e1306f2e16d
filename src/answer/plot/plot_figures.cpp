#include "plot_figures.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/search/axis.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "ask/scenario.hpp"
#include "cli/line/basis_flag.hpp"
#include "figure_chart.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>

namespace roofline::cli {
namespace {

bool is_csv(std::string path) {
    std::ranges::transform(path, path.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return path.ends_with(".csv");
}

bool has_range(const std::string& text) {
    if (names_file(text) || text.find('@') == std::string::npos) return false;
    return std::ranges::any_of(scenario_pairs(text), [](const ScenarioPair& pair) {
        return is_ranged(*pair.field, pair.text);
    });
}

void refuse_flags(const Arguments& arguments, std::initializer_list<std::string_view> flags,
                  std::string_view why) {
    for (const std::string_view flag : flags)
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments, formatted("--{} {}", flag, why), "leave it out");
}

FigureRows rows_from(const Arguments& arguments, Session& session) {
    const std::vector<std::string>& asked = arguments.positionals();
    refuse_flags(arguments, {"points", "dtype"}, "is of a roofline, and these are columns");
    const bool scenarios = asked[0].find('@') != std::string::npos && !names_file(asked[0]);
    if (scenarios) {
        const Calibration calibration = calibration_from(arguments);
        return scenario_rows(asked,
                             {.assumptions = session.assumptions, .scales = calibration.scales},
                             basis_from(arguments), session);
    }
    if (asked.size() > 1)
        fail(ErrorCode::extra_argument, "columns are drawn of one file",
             "lay files together first, or draw them one by one");
    refuse_flags(arguments, {"basis", "calibration"},
                 formatted("is of scenarios, and {} is a table of figures", asked[0]));
    return read_figure_rows(asked[0]);
}

std::size_t asked_column(const Arguments& arguments, const FigureRows& rows,
                         std::string_view flag) {
    const std::string name = formatted("--{}", flag);
    if (const auto text = arguments.text(flag)) return column_of(rows, *text, name);
    // Scenarios have the columns of the curve that is asked for most: latency over throughput.
    if (rows.rows.front().line == 0)
        return column_of(rows, flag == "x" ? "tokens_per_s" : "tpot", name);
    fail(ErrorCode::missing_argument,
         formatted("{} is missing: which column of {}?", name, rows.name),
         formatted("it is one of {}", joined(rows.columns, ", ")));
}

FigureChoice choice_from(const Arguments& arguments, const FigureRows& rows) {
    FigureChoice choice{.x = asked_column(arguments, rows, "x"),
                        .y = asked_column(arguments, rows, "y"),
                        .groups = {}};
    const auto list = arguments.text("series");
    if (!list) {
        choice.groups = usual_groups(rows, choice.x, choice.y);
        return choice;
    }
    for (const std::string& name : split_list(*list, "--series"))
        choice.groups.push_back(column_of(rows, name, "--series"));
    return choice;
}

std::string span_words(const Chart& chart, const ChartAxis& axis, double ChartPoint::*value) {
    std::vector<double> values;
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points) values.push_back(point.*value);
    const auto [least, most] = std::ranges::minmax(values);
    const auto text = [&](double number) { return words_of(Measure(number, axis.dimension)); };
    return least == most ? formatted("{} {}", axis.name, text(least))
                         : formatted("{} from {} to {}", axis.name, text(least), text(most));
}

std::string counted(std::size_t count, std::string_view one) {
    return formatted("{} {}{}", humanize_number(static_cast<double>(count)), one,
                     count == 1 ? "" : "s");
}

std::string verdict_of(const Chart& chart, std::size_t left_out) {
    std::size_t points = 0;
    for (const Series& series : chart.series) points += series.points.size();
    std::string words =
        formatted("{} over {}: {}", span_words(chart, chart.y, &ChartPoint::y),
                  span_words(chart, chart.x, &ChartPoint::x), counted(points, "point"));
    if (chart.series.size() > 1) words += formatted(" in {} series", chart.series.size());
    if (left_out > 0)
        words += formatted("; {} without a figure left out", counted(left_out, "row"));
    return words;
}

List point_list(const Series& series) {
    List points;
    for (const ChartPoint& point : series.points)
        points.emplace_back(Record().add("name", point.name).add("x", point.x).add("y", point.y));
    return points;
}

Record axis_record(const ChartAxis& axis) {
    return Record()
        .add("column", axis.key)
        .add("scaling", axis.scaling == Scaling::logarithmic ? "logarithmic" : "linear");
}

void add_data(const Chart& chart, std::size_t left_out, Report& report) {
    List series;
    for (const Series& one : chart.series)
        series.emplace_back(Record().add("name", one.name).add("points", point_list(one)));
    report.result.add("title", chart.title)
        .add("x", axis_record(chart.x))
        .add("y", axis_record(chart.y))
        .add("series", std::move(series))
        .add("rows_left_out", static_cast<double>(left_out));
}

void add_inputs(const Arguments& arguments, const FigureRows& rows, const FigureChoice& choice,
                Report& report) {
    List groups;
    for (const std::size_t column : choice.groups) groups.emplace_back(rows.columns[column]);
    report.inputs.add("file", rows.name)
        .add("x", rows.columns[choice.x])
        .add("y", rows.columns[choice.y])
        .add("series", std::move(groups))
        .add("pareto", arguments.has("pareto"));
}

}  // namespace

bool asks_for_figures(const Arguments& arguments) {
    return arguments.has("x") || arguments.has("y") || is_csv(arguments.positionals()[0]) ||
           std::ranges::any_of(arguments.positionals(), has_range);
}

Answer plot_figures(const Arguments& arguments, Session& session) {
    const FigureRows rows = rows_from(arguments, session);
    const FigureChoice choice = choice_from(arguments, rows);
    auto [chart, left_out] = figure_chart(rows, choice);
    Report report{.command = "plot", .verdict = verdict_of(chart, left_out)};
    if (arguments.has("pareto")) {
        add_front(rows, choice, chart);
        report.verdict += formatted("; {} on the Pareto front", chart.series.back().points.size());
    }
    if (const auto title = arguments.text("title")) chart.title = *title;
    chart.footnote = formatted("figures: {}", rows.name);
    add_inputs(arguments, rows, choice, report);
    add_data(chart, left_out, report);
    report.blocks.emplace_back(std::move(chart));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
