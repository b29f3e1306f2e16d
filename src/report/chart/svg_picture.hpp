// A chart as the inside of an <svg> element.
#pragma once

#include "chart.hpp"

#include <string>

namespace roofline {

inline constexpr int svg_width = 560;

struct Picture {
    std::string body;
    double height = 0;
};

/// `width` is svg_width; text stands beside no other text, names in a legend underneath.
Picture picture_of(const Chart& chart);

}  // namespace roofline
