// What stands between the axes of an SVG picture.
#pragma once

#include "chart_frame.hpp"
#include "label_places.hpp"

#include <string>
#include <vector>

namespace roofline {

inline constexpr double svg_marker_size = 6;
/// From baseline to baseline of the small text.
inline constexpr double svg_small_line = 16;

/// A chart's axes on the page, in units of the picture.
struct PlotArea {
    Frame frame;
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;

    double at_x(double value) const { return left + place_of(frame.x, value) * (right - left); }
    double at_y(double value) const { return bottom - place_of(frame.y, value) * (bottom - top); }
};

struct DrawnPlot {
    std::string body;
    std::vector<bool> labelled;  ///< series whose name stands at its end
};

/// Bands under roofs under limits under lines, the first series on top; names last. No name is over
/// another one, and none beyond `width`.
DrawnPlot drawn_plot(const Chart& chart, const PlotArea& area, double width);

/// How the line of a roof is told from the others': an attribute.
std::string roof_dashes(const Chart& chart, const Roof& roof);

}  // namespace roofline
