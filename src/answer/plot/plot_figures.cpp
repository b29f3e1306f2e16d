#include "plot_figures.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

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

void add_inputs(const FigureRows& rows, const FigurePicture& picture, Report& report) {
    const FigureChoice& choice = picture.choice;
    List groups;
    for (const std::size_t column : choice.groups) groups.emplace_back(rows.columns[column]);
    report.inputs.add("file", rows.name)
        .add("x", rows.columns[choice.x])
        .add("y", rows.columns[choice.y])
        .add("series", std::move(groups))
        .add("pareto", picture.pareto);
}

// Points whose requests wait: their first token is a queue's.
void add_queues(const FigureRows& rows, Report& report) {
    const auto column = std::ranges::find(rows.columns, waiting_column);
    if (column == rows.columns.end()) return;
    const auto at = static_cast<std::size_t>(column - rows.columns.begin());
    const auto queued = std::ranges::count_if(
        rows.rows, [&](const FigureRow& row) { return number_in(rows, row, at).value_or(0) > 0; });
    if (queued > 0)
        report.warnings.push_back({"W307", formatted("in {} of {} points requests wait for a place",
                                                     queued, rows.rows.size())});
}

// Points whose figures no measured run is behind.
void add_unmeasured(const FigureRows& rows, Report& report) {
    const auto column = std::ranges::find(rows.columns, measured_column);
    if (column == rows.columns.end()) return;
    const auto at = static_cast<std::size_t>(column - rows.columns.begin());
    const auto guessed = std::ranges::count_if(
        rows.rows, [&](const FigureRow& row) { return row.cells[at] == "false"; });
    if (guessed > 0)
        report.warnings.push_back(
            {"W302", formatted("{} of {} points are expected and not measured: the band is the "
                               "widest there is (estimate shows it)",
                               guessed, rows.rows.size())});
}

}  // namespace

Report figures_report(const FigureRows& rows, const FigurePicture& picture) {
    auto [chart, left_out] = figure_chart(rows, picture.choice);
    Report report{.command = "plot", .verdict = verdict_of(chart, left_out)};
    if (picture.pareto) {
        add_front(rows, picture.choice, chart);
        report.verdict += formatted("; {} on the Pareto front", chart.series.back().points.size());
    }
    if (picture.title) chart.title = *picture.title;
    chart.footnote = formatted("figures: {}", rows.name);
    add_inputs(rows, picture, report);
    add_data(chart, left_out, report);
    add_queues(rows, report);
    add_unmeasured(rows, report);
    report.blocks.emplace_back(std::move(chart));
    return report;
}

}  // namespace roofline
