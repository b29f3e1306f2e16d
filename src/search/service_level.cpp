#include "roofline/search/service_level.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/list_parts.hpp"

#include <algorithm>

namespace roofline {
namespace {

ServiceLevel parse_level(std::string_view part, std::string_view label) {
    const std::size_t mark = part.find_first_of("<>=");
    if (mark == std::string_view::npos || mark == 0)
        fail(ErrorCode::bad_count, formatted("{}: '{}' is no limit", label, part),
             "write FIGURE=LIMIT: ttft=500ms,tpot=25ms");
    const Metric& metric = metric_named(units::trim(part.substr(0, mark)), label);
    const bool less = metric.better == Better::lower;
    std::string_view value = part.substr(mark + 1);
    if (part[mark] != '=') {
        const bool wrong_way = (part[mark] == '<') != less;
        if (wrong_way)
            fail(ErrorCode::bad_count,
                 formatted("{}: {} is better when it is {}: '{}' limits the wrong side", label,
                           metric.id, less ? "less" : "more", part),
                 formatted("write {}={}", metric.id,
                           units::trim(value.substr(value.starts_with('=')))));
        if (value.starts_with('=')) value.remove_prefix(1);
    }
    return {
        .metric = &metric,
        .limit = parse_figure(metric, units::trim(value), formatted("{} {}", label, metric.id))};
}

const ServiceLevel* level_of(const std::vector<ServiceLevel>& levels, const Metric& metric) {
    const auto found = std::ranges::find(levels, &metric, &ServiceLevel::metric);
    return found == levels.end() ? nullptr : &*found;
}

void refuse_contradiction(const std::vector<ServiceLevel>& levels, std::string_view label) {
    const ServiceLevel* whole = level_of(levels, the_metric("e2e"));
    const ServiceLevel* first = level_of(levels, the_metric("ttft"));
    if (whole != nullptr && first != nullptr && whole->limit < first->limit)
        fail(ErrorCode::conflicting_arguments,
             formatted("{}: e2e is less than ttft, which is the first part of it", label),
             "raise e2e, or lower ttft");
}

}  // namespace

std::optional<double> ServiceLevel::excess(const PointAnswer& answer) const {
    const auto figure = answer.figure(*metric);
    if (!figure) return std::nullopt;
    return (metric->better == Better::lower ? *figure / limit : limit / *figure) - 1;
}

std::vector<ServiceLevel> parse_service_levels(std::string_view text, std::string_view label) {
    std::vector<ServiceLevel> levels;
    each_part(text, label, [&](std::string_view part) {
        const ServiceLevel level = parse_level(part, label);
        if (const ServiceLevel* before = level_of(levels, *level.metric))
            fail(ErrorCode::conflicting_arguments,
                 before->limit == level.limit
                     ? formatted("{}: {} is limited twice", label, level.metric->id)
                     : formatted("{}: {} has two limits that contradict each other", label,
                                 level.metric->id),
                 "give it one limit");
        levels.push_back(level);
    });
    refuse_contradiction(levels, label);
    return levels;
}

}  // namespace roofline
