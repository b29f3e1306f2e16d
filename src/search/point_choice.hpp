// Which points of a sweep are asked about, and which of them shown.
#pragma once

#include "roofline/search/point_stream.hpp"
#include "roofline/search/selection.hpp"

#include "cli/line/command.hpp"

#include <optional>

namespace roofline::cli {

struct Choice {
    std::vector<Condition> where;
    std::vector<const Metric*> pareto;
    const Metric* sort = nullptr;
    std::optional<double> top;

    bool needs_all() const { return !pareto.empty() || sort != nullptr; }
    bool keeps(const PointAnswer& answer) const;
};

/// --where, --pareto, --sort and --top. Throws UserError: E130 for money where `space` has no
/// price.
Choice choice_from(const Arguments& arguments, const Space& space);

struct Part {
    PointRange range;
    bool first = true;
};

/// --shard, "2/3": the second of three contiguous parts. Throws E102, and E105 with a choice among
/// all points.
Part part_from(const Arguments& arguments, std::uint64_t points, const Choice& choice);

/// Throws E102 when there are more points than --limit allows.
void refuse_above_limit(const Arguments& arguments, std::uint64_t points);

}  // namespace roofline::cli
