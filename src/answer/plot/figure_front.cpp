#include "figure_front.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/search/selection.hpp"

#include "error/choice.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string name_of(const Series& series, const ChartPoint& point) {
    return series.name + (series.name.empty() || point.name.empty() ? "" : " ") + point.name;
}

const Metric& metric_with_an_end(const std::string& column) {
    if (const Metric* metric = find_metric_by_key(column)) return *metric;
    throw UserError(no_choice(column, "--pareto", "figure that is better high or low",
                              names_of(metrics(), &Metric::id)));
}

// The points that no other beats in both figures, best in x first; of equal ones the first.
std::vector<ChartPoint> front_of(const std::vector<ChartPoint>& points, const Metric& x,
                                 const Metric& y) {
    ParetoFront front({&x, &y});
    for (std::size_t i = 0; i < points.size(); ++i) {
        KeptPoint kept{.point = i, .answer = {}};
        kept.answer.set(x, points[i].x);
        kept.answer.set(y, points[i].y);
        front.add(std::move(kept));
    }
    std::vector<ChartPoint> result;
    for (const KeptPoint& kept : front.points()) result.push_back(points[kept.point]);
    std::ranges::stable_sort(result, [&](const ChartPoint& a, const ChartPoint& b) {
        return x.better == Better::lower ? a.x < b.x : a.x > b.x;
    });
    const auto same = [](const ChartPoint& a, const ChartPoint& b) {
        return a.x == b.x && a.y == b.y;
    };
    result.erase(std::unique(result.begin(), result.end(), same), result.end());
    return result;
}

}  // namespace

void add_front(const FigureRows& rows, const FigureChoice& choice, Chart& chart) {
    const Metric& x = metric_with_an_end(rows.columns[choice.x]);
    const Metric& y = metric_with_an_end(rows.columns[choice.y]);
    std::vector<ChartPoint> points;
    for (Series& series : chart.series) {
        series.stroke = Stroke::points;
        for (const ChartPoint& point : series.points) {
            points.push_back(point);
            points.back().name = name_of(series, point);
        }
    }
    chart.series.push_back({.name = "Pareto front",
                            .stroke = Stroke::line,
                            .role = Role::strong,
                            .points = front_of(points, x, y)});
}

}  // namespace roofline
