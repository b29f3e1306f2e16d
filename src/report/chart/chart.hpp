// A picture of numbers: two axes, roofs, lines and named points. A command turns its results into a
// Chart and knows no page; the formats draw it.
#pragma once

#include "roofline/units/dimension.hpp"

#include "report/role.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// Logarithmic is drawn linear where a number is not above 0.
enum class Scaling { linear, logarithmic };

/// In base units.
struct Range {
    double from = 0;
    double to = 1;
};

struct ChartAxis {
    std::string name;   ///< one word: "intensity"
    std::string key;    ///< header in CSV; numbers there are base units, so it names the unit
    std::string label;  ///< in words, without unit
    Dimension dimension = {};
    Scaling scaling = Scaling::linear;
    std::optional<Range> range = {};  ///< at least; unset: what the numbers need
};

/// `x` and `y` in base units of their axes.
struct ChartPoint {
    double x = 0;
    double y = 0;
    std::string name;
    std::string note = {};                 ///< for those who look closer: "memory-bound"
    std::optional<std::size_t> roof = {};  ///< of the chart, the one that holds for it
    std::optional<Range> span = {};        ///< of `y`, which it holds: eight in ten
    bool hollow = false;                   ///< is not what its neighbours are; a footnote says why
    double size = 1;                       ///< of its marker
};

enum class Stroke { points, line };

struct Series {
    std::string name;
    Stroke stroke = Stroke::points;
    Role role = Role::plain;
    std::vector<ChartPoint> points;
    std::string label = {};  ///< at its end, where there is room
};

/// The most that is possible: y = slope · x up to the ceiling. The strong one stands out.
struct Roof {
    std::string name;
    double slope = 0;    ///< base units of y per base unit of x
    double ceiling = 0;  ///< base units of y
    Role role = Role::strong;
    std::string note = {};

    double ridge() const { return ceiling / slope; }
    double height_at(double x) const { return x < ridge() ? slope * x : ceiling; }
};

/// A place on the x axis that has a name of its own.
struct Mark {
    std::string name;
    double x = 0;
};

enum class AxisName { x, y };

/// What a figure is asked to keep: a line across the picture where its axis goes that far.
struct ChartLimit {
    std::string name;  ///< "tpot < 30.0 ms"
    AxisName axis = AxisName::y;
    double value = 0;  ///< base units of that axis
};

/// Axes that roofs stand on have the same scaling.
struct Chart {
    std::string title;
    ChartAxis x;
    ChartAxis y;
    std::vector<Roof> roofs = {};
    std::vector<Series> series = {};
    std::vector<Mark> marks = {};
    std::vector<ChartLimit> limits = {};
    std::string footnote = {};  ///< what the numbers rest on
};

/// Whether a point is above the roof that holds for it, which cannot be.
bool above_its_roof(const Chart& chart, const ChartPoint& point);

}  // namespace roofline
