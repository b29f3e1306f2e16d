// The best points of a picture as a line.
#pragma once

#include "figure_chart.hpp"

namespace roofline {

/// Adds the points that no other beats in both figures, as a line over the rest. Throws E106 when
/// an axis has no better end.
void add_front(const FigureRows& rows, const FigureChoice& choice, Chart& chart);

}  // namespace roofline
