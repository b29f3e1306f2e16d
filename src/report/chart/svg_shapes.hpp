// The pieces of an SVG picture: style, text, marker shapes and colours.
#pragma once

#include "chart.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// The style sheet: colours of both themes, text and strokes.
std::string_view svg_style();

inline constexpr double svg_font = 15;
inline constexpr double svg_small_font = 13;
inline constexpr double svg_bold = 1.12;  ///< how much wider bold text is

/// Of text in the widest of the fonts that the style sheet names.
double svg_text_width(std::string_view text, double font_size);

/// A class of the style sheet: "blue", "orange", "grey", "ink".
std::string_view svg_colour(const Chart& chart, std::size_t series);

/// How the lines of more series than there are colours, and of several dim roofs, are told apart:
/// a stroke-dasharray attribute with a space before it, or nothing for the first.
std::string svg_dashes(std::size_t index);

/// The outline of the marker of a series around a place.
std::string svg_marker(std::size_t series, double x, double y, double size);

enum class Anchor { start, middle, end };

/// `text` is escaped.
std::string svg_text(double x, double y, std::string_view text, std::string_view style,
                     Anchor anchor = Anchor::start);

struct SvgLine {
    double x0, y0, x1, y1;
};

/// A straight line of a class, with more attributes that begin with a space.
std::string svg_line(const SvgLine& line, std::string_view style, std::string_view more = {});

}  // namespace roofline
