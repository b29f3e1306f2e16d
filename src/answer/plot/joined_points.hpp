// Operators that a picture cannot tell apart, as one point.
#pragma once

#include "evaluate/roof_points.hpp"

#include <string>
#include <vector>

namespace roofline {

/// A point of a picture, and the operators that it stands for.
struct JoinedPoint {
    RoofPoint point;
    std::vector<std::string> names;  ///< one: its own
};

/// Operators on one spot become one point with the sum of their work and times, and so do those
/// that take less than a few percent of the step; phases stay as they are. In the order in which
/// the first of each came.
std::vector<JoinedPoint> joined_points(const std::vector<RoofPoint>& points);

}  // namespace roofline
