#include "chart.hpp"

namespace roofline {

bool above_its_roof(const Chart& chart, const ChartPoint& point) {
    constexpr double rounding = 1 + 1e-9;
    return point.roof && point.y > chart.roofs[*point.roof].height_at(point.x) * rounding;
}

}  // namespace roofline
