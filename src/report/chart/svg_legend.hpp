// What stands under an SVG picture: what its markers and lines are, and what it rests on.
#pragma once

#include "chart.hpp"

#include <string>
#include <vector>

namespace roofline {

inline constexpr double svg_margin = 12;
inline constexpr double svg_line_height = 21;

/// Text in as many lines as it takes, from `down` on, which moves on. `x` is its left end, or its
/// right one.
struct SvgParagraph {
    std::string text;
    std::string style;  ///< "small" says that it is
    double x = svg_margin;
    bool ends_there = false;
};
std::string svg_paragraph(const SvgParagraph& paragraph, double width, double& down);

/// A line for each series that is not `labelled`, for each roof, and the footnote.
std::string svg_legend(const Chart& chart, const std::vector<bool>& labelled, double width,
                       double& down);

}  // namespace roofline
