// A chart's axes as they are drawn: range, unit and ticks, the same on every page.
#pragma once

#include "chart.hpp"
#include "report/humanize.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

struct ShownAxis {
    Scaling scaling = Scaling::linear;
    Range range;
    Scale scale;
    std::string title;  ///< label and unit
};

struct Frame {
    ShownAxis x;
    ShownAxis y;
};

/// Holds every point with its span, ridge and mark that can be drawn.
Frame frame_of(const Chart& chart);

/// Whether the limit's axis goes that far.
bool is_inside(const Frame& frame, const ChartLimit& limit);

/// 0 at the start of the axis, 1 at its end, and beyond them outside.
double place_of(const ShownAxis& axis, double value);
/// The value at a place.
double value_at(const ShownAxis& axis, double place);

struct Tick {
    double place = 0;
    std::string text;
};

/// Round numbers in the axis' unit, not many more than `most` of them.
std::vector<Tick> ticks_of(const ShownAxis& axis, int most);

/// The span of a point as it is drawn; nullopt where it has none or its axis cannot show it.
std::optional<Range> drawn_span(const ShownAxis& y, const ChartPoint& point);

/// Whether a point can be drawn: both numbers are 0, or of a size that an axis can show.
bool is_drawn(const ChartPoint& point);

/// "17.1 FLOP/byte", "batch 32".
std::string figure_words(const ChartAxis& axis, double value);

/// "decode of X"; what there is of the two.
std::string name_words(const Series& series, const ChartPoint& point);

/// "decode: 17.1 FLOP/byte, 41.3 TFLOP/s, memory-bound".
std::string point_words(const Chart& chart, const ChartPoint& point, const std::string& name);

/// The name of a series, or of its one point. Where every series has the same name, the points' own
/// say enough.
std::string legend_name(const Chart& chart, const Series& series);

}  // namespace roofline
