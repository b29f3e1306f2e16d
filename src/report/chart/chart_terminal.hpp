// A chart as characters: braille dots for lines, whole cells for points, a legend underneath.
#pragma once

#include "canvas.hpp"

namespace roofline {

/// The picture, no line wider than the page, and what its markers stand for.
struct Drawing {
    std::vector<DrawnLine> lines;  ///< empty where the page is narrower than 40 columns
    Table legend;
};

Drawing drawing_of(const Chart& chart, const Page& page);

}  // namespace roofline
