// `plot`: pictures of scenarios on their roofline.
#include "roofline/report/humanize.hpp"

#include "plot_roofline.hpp"
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

}  // namespace

Answer run_plot(const Arguments& arguments, Session& session) {
    Answer answer = plot_roofline(arguments, session);
    for (const Block& block : answer.report.blocks)
        if (const auto* chart = std::get_if<Chart>(&block)) warn_above_roofs(*chart, answer.report);
    return answer;
}

}  // namespace roofline::cli
