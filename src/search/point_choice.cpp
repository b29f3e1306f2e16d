#include "point_choice.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>

namespace roofline {

bool PointChoice::keeps(const PointAnswer& answer) const {
    return std::ranges::all_of(where, [&](const Condition& one) { return one.holds(answer); });
}

bool is_priced(const Space& space) {
    const auto pays = [](const Axis& axis) {
        return axis.field().kind == FieldKind::price || axis.field().kind == FieldKind::purchase;
    };
    return space.base.price || space.base.purchase || std::ranges::any_of(space.axes, pays);
}

void refuse_unpriced(const PointChoice& choice, const Space& space) {
    std::vector<const Metric*> asked = choice.pareto;
    for (const Condition& condition : choice.where) asked.push_back(condition.metric);
    if (choice.sort != nullptr) asked.push_back(choice.sort);
    for (const Metric* metric : asked)
        if (metric->dimension == dimension::money && !is_priced(space))
            fail(ErrorCode::missing_price, formatted("{} needs a price", metric->id),
                 "add `price '$2.50/h'`, or a provider:", "prices list");
}

Part parse_part(std::string_view text, std::string_view label, std::uint64_t points) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        fail(ErrorCode::bad_count, formatted("{}: '{}' is no part", label, text),
             formatted("write {} 1/3 for the first of three", label));
    const double part = parse_count(text.substr(0, slash), label);
    const double parts = parse_count(text.substr(slash + 1), label);
    constexpr double most = 1e6;
    if (part > parts || parts > most)
        fail(ErrorCode::bad_count, formatted("{}: there is no part {} of {}", label, part, parts),
             formatted("parts are 1 to {}", std::min(parts, most)));
    return {
        .range = shard(points, static_cast<std::uint64_t>(part), static_cast<std::uint64_t>(parts)),
        .first = part == 1};
}

std::vector<KeptPoint> chosen_points(PointStream& points, const PointChoice& choice,
                                     const AtPoint& at) {
    constexpr std::uint64_t all = ~std::uint64_t{0};
    ParetoFront front(choice.pareto);
    const Metric& order = choice.sort != nullptr ? *choice.sort : metrics()[0];
    Ranking ranking(order, choice.top ? static_cast<std::uint64_t>(*choice.top) : all);
    KeptPoint kept;
    while (points.next(kept.point, kept.answer)) {
        at(kept.point);
        if (!choice.keeps(kept.answer)) continue;
        if (choice.pareto.empty())
            ranking.add(kept);
        else
            front.add(kept);
    }
    if (choice.pareto.empty()) return std::move(ranking).sorted();
    if (choice.sort == nullptr) return front.points();
    for (const KeptPoint& point : front.points()) ranking.add(point);
    return std::move(ranking).sorted();
}

}  // namespace roofline
