#include "roofline/search/selection.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/list_parts.hpp"
#include "units/parse.hpp"

#include <algorithm>

namespace roofline {
namespace {

Condition parse_condition(std::string_view part, std::string_view label) {
    const std::size_t mark = part.find_first_of("<>=");
    const bool known = mark != std::string_view::npos && mark > 0 && part[mark] != '=';
    if (!known)
        fail(ErrorCode::bad_count, formatted("{}: '{}' is no condition", label, part),
             "write FIGURE<LIMIT, with < <= > or >=: 'ttft<500ms,usd_per_1m_output<=0.5'");
    Condition condition{.metric = &metric_named(units::trim(part.substr(0, mark)), label),
                        .above = part[mark] == '>',
                        .equals = part.substr(mark + 1).starts_with('=')};
    const std::string_view value = units::trim(part.substr(mark + (condition.equals ? 2 : 1)));
    const std::string name = formatted("{} {}", label, condition.metric->id);
    condition.is_share = condition.metric->dimension == dimension::byte && value.ends_with('%');
    condition.value = condition.is_share ? parse_fraction(value, name)
                                         : parse_figure(*condition.metric, value, name);
    return condition;
}

// Below 0: better.
double compared(const Metric& metric, const PointAnswer& one, const PointAnswer& other) {
    const double difference = *one.figure(metric) - *other.figure(metric);
    return metric.better == Better::lower ? difference : -difference;
}

}  // namespace

bool Condition::holds(const PointAnswer& answer) const {
    const auto figure = answer.figure(*metric);
    if (!figure || !answer.reason.empty()) return false;
    const double limit = is_share ? value * answer.usable.in(byte) : value;
    if (*figure == limit) return equals;
    return above ? *figure > limit : *figure < limit;
}

std::vector<Condition> parse_conditions(std::string_view text, std::string_view label) {
    std::vector<Condition> conditions;
    each_part(text, label,
              [&](std::string_view part) { conditions.push_back(parse_condition(part, label)); });
    return conditions;
}

std::vector<const Metric*> parse_metrics(std::string_view text, std::string_view label) {
    std::vector<const Metric*> chosen;
    each_part(text, label, [&](std::string_view part) {
        const Metric* metric = &metric_named(part, label);
        if (std::ranges::find(chosen, metric) != chosen.end())
            fail(ErrorCode::bad_count, formatted("{}: {} is named twice", label, part),
                 "name it once");
        chosen.push_back(metric);
    });
    return chosen;
}

void ParetoFront::add(KeptPoint point) {
    const auto lacks = [&](const Metric* metric) { return !point.answer.figure(*metric); };
    if (!point.answer.reason.empty() || std::ranges::any_of(metrics_, lacks)) return;
    const auto beats = [&](const PointAnswer& one, const PointAnswer& other) {
        bool better = false;
        for (const Metric* metric : metrics_) {
            const double difference = compared(*metric, one, other);
            if (difference > 0) return false;
            better = better || difference < 0;
        }
        return better;
    };
    if (std::ranges::any_of(
            points_, [&](const KeptPoint& other) { return beats(other.answer, point.answer); }))
        return;
    std::erase_if(points_,
                  [&](const KeptPoint& other) { return beats(point.answer, other.answer); });
    points_.push_back(std::move(point));
}

bool ranks_before(const Metric& metric, const KeptPoint& one, const KeptPoint& other) {
    const bool known = one.answer.reason.empty() && one.answer.figure(metric);
    const bool other_known = other.answer.reason.empty() && other.answer.figure(metric);
    if (known != other_known) return known;
    const double difference = known ? compared(metric, one.answer, other.answer) : 0;
    return difference != 0 ? difference < 0 : one.point < other.point;
}

void Ranking::add(KeptPoint point) {
    const auto before = [&](const KeptPoint& one, const KeptPoint& other) {
        return ranks_before(metric_, one, other);
    };
    if (points_.size() == most_ && !before(point, points_.front())) return;
    points_.push_back(std::move(point));
    std::ranges::push_heap(points_, before);
    if (points_.size() <= most_) return;
    std::ranges::pop_heap(points_, before);
    points_.pop_back();
}

std::vector<KeptPoint> Ranking::sorted() && {
    std::ranges::sort(points_, [&](const KeptPoint& one, const KeptPoint& other) {
        return ranks_before(metric_, one, other);
    });
    return std::move(points_);
}

}  // namespace roofline
