#include "joined_points.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr double small_share = 0.03;

bool is_small(const RoofPoint& point) { return point.share && *point.share < small_share; }

// Within a marker's width of a picture of a few decades.
bool on_one_spot(const RoofPoint& one, const RoofPoint& other) {
    constexpr double width = 0.05;  // decades
    return std::abs(std::log10(one.intensity() / other.intensity())) < width &&
           std::abs(std::log10(one.attained() / other.attained())) < width;
}

bool may_join(const RoofPoint& one, const RoofPoint& other) {
    return one.share && other.share && one.basis == other.basis && one.bound == other.bound &&
           one.fastest == other.fastest &&
           (on_one_spot(one, other) || (is_small(one) && is_small(other)));
}

void join(JoinedPoint& into, const RoofPoint& point) {
    RoofPoint& sum = into.point;
    sum.flops += point.flops;
    sum.bytes += point.bytes;
    sum.time += point.time;
    *sum.share += *point.share;
    into.names.push_back(point.name);
    sum.name = formatted("{} operators", into.names.size());
}

}  // namespace

std::vector<JoinedPoint> joined_points(const std::vector<RoofPoint>& points) {
    std::vector<JoinedPoint> result;
    std::vector<RoofPoint> firsts;  // whose spot decides: a sum moves
    for (const RoofPoint& point : points) {
        const auto first = std::ranges::find_if(
            firsts, [&](const RoofPoint& other) { return may_join(other, point); });
        if (first != firsts.end()) {
            join(result[static_cast<std::size_t>(first - firsts.begin())], point);
            continue;
        }
        firsts.push_back(point);
        result.push_back({point, {point.name}});
    }
    return result;
}

}  // namespace roofline
