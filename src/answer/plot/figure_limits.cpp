#include "figure_limits.hpp"

#include "roofline/error/user_error.hpp"

#include "report/chart/chart_frame.hpp"
#include "report/value.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

AxisName axis_of(const Condition& condition, const Chart& chart) {
    if (chart.y.key == condition.metric->key) return AxisName::y;
    if (chart.x.key == condition.metric->key) return AxisName::x;
    fail(ErrorCode::bad_choice, formatted("--where: {} is on neither axis", condition.metric->id),
         formatted("a limit is a line over an axis, and those are {} and {}: --y {}", chart.x.name,
                   chart.y.name, condition.metric->id));
}

bool holds(const Condition& condition, double figure) {
    if (figure == condition.value) return condition.equals;
    return condition.above ? figure > condition.value : figure < condition.value;
}

// The end of the band that is worse, where the point has one.
double worse_end(const Condition& condition, const ChartPoint& point, AxisName axis) {
    if (axis == AxisName::x) return point.x;
    if (!point.span) return point.y;
    return condition.above ? point.span->from : point.span->to;
}

}  // namespace

std::string words_of(const Condition& condition) {
    const std::string_view sign = condition.above    ? condition.equals ? "≥" : ">"
                                  : condition.equals ? "≤"
                                                     : "<";
    return formatted("{} {} {}", condition.metric->id, sign,
                     words_of(Measure(condition.value, condition.metric->dimension)));
}

void add_limits(const std::vector<Condition>& conditions, Chart& chart) {
    for (const Condition& condition : conditions) {
        if (condition.is_share)
            fail(ErrorCode::bad_count,
                 formatted("--where {}: a share is no line", condition.metric->id),
                 "write it in bytes: 'memory<=70GB'");
        chart.limits.push_back({.name = words_of(condition),
                                .axis = axis_of(condition, chart),
                                .value = condition.value});
    }
}

std::string kept_words(const std::vector<Condition>& conditions, const Chart& chart) {
    if (conditions.empty()) return {};
    std::size_t points = 0;
    std::size_t kept = 0;
    std::size_t sure = 0;
    bool banded = false;
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points) {
            ++points;
            const auto all = [&](auto figure) {
                return std::ranges::all_of(conditions, [&](const Condition& condition) {
                    const AxisName axis = axis_of(condition, chart);
                    return holds(condition, figure(condition, axis));
                });
            };
            if (all([&](const Condition&, AxisName axis) {
                    return axis == AxisName::x ? point.x : point.y;
                }))
                ++kept;
            if (all([&](const Condition& condition, AxisName axis) {
                    return worse_end(condition, point, axis);
                }))
                ++sure;
            banded = banded || point.span.has_value();
        }
    std::vector<std::string> names;
    for (const Condition& condition : conditions) names.push_back(words_of(condition));
    std::string words =
        points == 1
            ? formatted("it {} {}", kept == 1 ? "keeps" : "does not keep", joined(names, ", "))
            : formatted("{} of {} points keep {}", kept, points, joined(names, ", "));
    const bool of_y = std::ranges::all_of(conditions, [&](const Condition& condition) {
        return axis_of(condition, chart) == AxisName::y;
    });
    // Bands are of y: of x nothing is known beyond what is expected.
    if (banded && of_y && points > 1) words += formatted(", {} with their whole band", sure);
    return words;
}

std::vector<std::string> limits_outside(const Chart& chart) {
    const Frame frame = frame_of(chart);
    std::vector<std::string> words;
    for (const ChartLimit& limit : chart.limits) {
        if (is_inside(frame, limit)) continue;
        const bool y = limit.axis == AxisName::y;
        const bool beyond = limit.value > (y ? frame.y : frame.x).range.to;
        const std::string_view side = y        ? beyond ? "above" : "below"
                                      : beyond ? "right of"
                                               : "left of";
        words.push_back(formatted("{} is {} the picture", limit.name, side));
    }
    return words;
}

}  // namespace roofline
