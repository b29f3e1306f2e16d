#include "plot_figures.hpp"

#include "figure_front.hpp"
#include "figure_limits.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <iterator>

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

std::size_t count_points(const Chart& chart) {
    std::size_t points = 0;
    for (const Series& series : chart.series) points += series.points.size();
    return points;
}

std::string verdict_of(const FigureChart& figures, const FigurePicture& picture) {
    const Chart& chart = figures.chart;
    const std::size_t points = count_points(chart);
    std::string words =
        formatted("{} over {}: {}", span_words(chart, chart.y, &ChartPoint::y),
                  span_words(chart, chart.x, &ChartPoint::x), counted(points, "point"));
    if (chart.series.size() > 1) words += formatted(" in {} series", chart.series.size());
    if (const std::string kept = kept_words(picture.limits, chart); !kept.empty())
        words += "; " + kept;
    if (figures.left_out == 0) return words;
    words += formatted("; {} without a figure left out", counted(figures.left_out, "row"));
    if (figures.reason.empty()) return words;
    return words + formatted("{}: {}", figures.left_out > 1 ? ", the first" : "", figures.reason);
}

List point_list(const Series& series) {
    List points;
    for (const ChartPoint& point : series.points) {
        Record record;
        record.add("name", point.name).add("x", point.x).add("y", point.y);
        if (point.span) record.add("y_low", point.span->from).add("y_high", point.span->to);
        if (point.hollow) record.add("requests_wait", true);
        points.emplace_back(std::move(record));
    }
    return points;
}

Record axis_record(const ChartAxis& axis) {
    return Record()
        .add("column", axis.key)
        .add("scaling", axis.scaling == Scaling::logarithmic ? "logarithmic" : "linear");
}

List limit_list(const Chart& chart) {
    List limits;
    for (const ChartLimit& limit : chart.limits)
        limits.emplace_back(Record()
                                .add("name", limit.name)
                                .add("axis", limit.axis == AxisName::y ? "y" : "x")
                                .add("value", limit.value));
    return limits;
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
    if (!chart.limits.empty()) report.result.add("limits", limit_list(chart));
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
void add_unmeasured(const FigureChart& figures, std::size_t points, Report& report) {
    if (figures.guessed > 0)
        report.warnings.push_back(
            {"W302", formatted("{} of {} points are expected and not measured: the band is the "
                               "widest there is (estimate shows it)",
                               figures.guessed, points)});
}

bool any_point(const Chart& chart, bool (*is)(const ChartPoint&)) {
    return std::ranges::any_of(
        chart.series, [&](const Series& series) { return std::ranges::any_of(series.points, is); });
}

// What is drawn beside points, and where the figures come from.
std::string footnote_of(const FigureChart& figures, const FigureRows& rows) {
    const Chart& chart = figures.chart;
    std::vector<std::string> words;
    if (any_point(chart, [](const ChartPoint& point) { return point.span.has_value(); }))
        words.push_back(formatted("band of {}: eight in ten measured runs{}", chart.y.name,
                                  figures.guessed > 0 ? ", the widest where none is like it" : ""));
    if (any_point(chart, [](const ChartPoint& point) { return point.hollow; }))
        words.emplace_back("hollow: requests wait for a place");
    std::ranges::move(limits_outside(chart), std::back_inserter(words));
    words.push_back(formatted("figures: {}", rows.name));
    return joined(words, "; ");
}

}  // namespace

Report figures_report(const FigureRows& rows, const FigurePicture& picture) {
    FigureChart figures = figure_chart(rows, picture.choice);
    Chart& chart = figures.chart;
    const std::size_t points = count_points(chart);
    add_limits(picture.limits, chart);
    Report report{.command = "plot", .verdict = verdict_of(figures, picture)};
    if (picture.pareto) {
        add_front(rows, picture.choice, chart);
        report.verdict += formatted("; {} on the Pareto front", chart.series.back().points.size());
    }
    if (picture.title) chart.title = *picture.title;
    chart.footnote = footnote_of(figures, rows);
    add_inputs(rows, picture, report);
    add_data(chart, figures.left_out, report);
    add_queues(rows, report);
    add_unmeasured(figures, points, report);
    report.blocks.emplace_back(std::move(chart));
    return report;
}

}  // namespace roofline
