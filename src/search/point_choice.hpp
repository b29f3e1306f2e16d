// Which points of a sweep are asked about, and which of them shown.
#pragma once

#include "roofline/search/point_stream.hpp"
#include "roofline/search/selection.hpp"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace roofline {

struct PointChoice {
    std::vector<Condition> where;
    std::vector<const Metric*> pareto;
    const Metric* sort = nullptr;
    std::optional<double> top;

    bool needs_all() const { return !pareto.empty() || sort != nullptr; }
    bool keeps(const PointAnswer& answer) const;
};

/// Whether any point has a price.
bool is_priced(const Space& space);

/// Throws E130 where money is asked for and `space` has no price: all points would be left out in
/// silence.
void refuse_unpriced(const PointChoice& choice, const Space& space);

/// A part of all points.
struct Part {
    PointRange range;
    bool first = true;  ///< the one that has the header
};

/// "2/3": the second of three contiguous parts. `label` is what names it. Throws E102.
Part parse_part(std::string_view text, std::string_view label, std::uint64_t points);

/// What is called with each point on its way; it may throw to end the run.
using AtPoint = std::function<void(std::uint64_t)>;

/// The points that a choice among all of them shows, in its order.
std::vector<KeptPoint> chosen_points(PointStream& points, const PointChoice& choice,
                                     const AtPoint& at);

}  // namespace roofline
