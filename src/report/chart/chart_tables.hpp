// A chart's numbers as tables: the legend under a drawing, and the points for CSV.
#pragma once

#include "chart_frame.hpp"
#include "report/format.hpp"

#include <string>
#include <vector>

namespace roofline {

/// What stands for a series in a drawing.
std::string marker_of(std::size_t series, Charset charset);

/// The same without its inside: "◇", and "a" of "A".
std::string hollow_of(const std::string& marker);

/// The colour of a series that has none of its own.
Role role_of(const Chart& chart, std::size_t series);

/// One row per series and roof; `markers` stand for the series. Numbers are in the axes' units.
Table legend_of(const Chart& chart, const Frame& frame, const std::vector<std::string>& markers,
                Charset charset);

/// Every point, in base units.
Table points_of(const Chart& chart);

}  // namespace roofline
