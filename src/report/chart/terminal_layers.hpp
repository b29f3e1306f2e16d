// What a terminal's plot has beside roofs, lines and points: bands, limits, names at lines' ends.
#pragma once

#include "canvas.hpp"
#include "chart_frame.hpp"

#include <string>

namespace roofline {

/// A chart's axes in dots and cells.
struct PlotCells {
    Frame frame;
    int left = 0;    ///< cells before the first of the plot
    int across = 0;  ///< dots
    int down = 0;

    int dot_column(double x) const;
    /// Far beyond the frame is as good as just beyond it.
    int dot_row(double y) const;
    int cell_column(double x) const { return left + dot_column(x) / dots_across; }
    int cell_row(double y) const { return dot_row(y) / dots_down; }
};

/// A dot for each cell between the ends of the points' spans; a bar of dots for points by
/// themselves.
void shade_bands(const Chart& chart, const PlotCells& cells, Charset charset, Dots& dots);

/// Dashes in cells that are empty, with the limit's words where they have room.
void draw_limits(const Chart& chart, const PlotCells& cells, Charset charset, Canvas& canvas);

/// Right of the last point of a series, else left of it, where cells are empty.
void label_ends(const Chart& chart, const PlotCells& cells, Charset charset, Canvas& canvas);

}  // namespace roofline
