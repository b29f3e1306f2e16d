// `plot`: pictures of scenarios on their roofline, and of columns of figures.
#include "roofline/error/user_error.hpp"

#include "answer/plot/plot_figures.hpp"
#include "answer/plot/plot_roofline.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

void warn_above_roofs(const Chart& chart, Report& report) {
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points) {
            if (!above_its_roof(chart, point)) continue;
            const Roof& roof = chart.roofs[*point.roof];
            report.warnings.push_back(
                {"W308",
                 formatted("{} of {} is above its roof: {}, where {} is the most", point.name,
                           series.name, humanize(Measure(point.y, chart.y.dimension)),
                           humanize(Measure(roof.height_at(point.x), chart.y.dimension)))});
        }
}

void refuse_misplaced(const Arguments& arguments) {
    for (const std::string_view flag : {"series", "pareto"})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} is of columns, and '{}' is a scenario", flag,
                           arguments.positionals()[0]),
                 "name a CSV file and its columns: roofline plot sweep.csv --x batch --y tpot");
}

}  // namespace

Answer run_plot(const Arguments& arguments, Session& session) {
    if (asks_for_figures(arguments)) return plot_figures(arguments, session);
    refuse_misplaced(arguments);
    Answer answer = plot_roofline(arguments, session);
    for (const Block& block : answer.report.blocks)
        if (const auto* chart = std::get_if<Chart>(&block)) warn_above_roofs(*chart, answer.report);
    return answer;
}

}  // namespace roofline::cli
