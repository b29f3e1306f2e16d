// Every combination of the values of some fields: points with a number each, in an order that never
// changes.
#pragma once

#include "roofline/search/axis.hpp"

#include <cstdint>
#include <vector>

namespace roofline {

struct Space {
    Deployment base;         ///< what all points have in common, prices not looked up
    std::vector<Axis> axes;  ///< the last one is the fastest

    /// How many points there are. Throws E102 when they cannot be counted.
    std::uint64_t size() const;
};

/// Where a point stands on each axis. `places` gets one number per axis.
void places_of(const Space& space, std::uint64_t point, std::vector<std::uint64_t>& places);

}  // namespace roofline
