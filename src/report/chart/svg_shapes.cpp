#include "svg_shapes.hpp"

#include "chart_tables.hpp"
#include "text/formatted.hpp"
#include "text/xml.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace roofline {
namespace {

struct Place {
    double x;
    double y;
};

std::string outline(const std::vector<Place>& corners, double x, double y, double size) {
    std::string path;
    for (const Place& corner : corners)
        path += formatted("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x + size * corner.x,
                          y + size * corner.y);
    return path + "Z";
}

std::vector<Place> star() {
    std::vector<Place> corners;
    constexpr int tips = 5;
    for (int i = 0; i < 2 * tips; ++i) {
        const double angle = std::numbers::pi * (static_cast<double>(i) / tips - 0.5);
        const double radius = i % 2 == 0 ? 1.3 : 0.55;
        corners.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    return corners;
}

// A radius as it is written: arcs over a chord of another one are no circle.
std::string circle(double x, double y, double radius) {
    const double r = std::round(10 * radius) / 10;
    return formatted("M{:.1f} {:.1f}a{:.1f} {:.1f} 0 1 0 {:.1f} 0a{:.1f} {:.1f} 0 1 0 {:.1f} 0Z",
                     x - r, y, r, r, 2 * r, r, r, -2 * r);
}

}  // namespace

// Blue, orange and grey are told apart by every kind of colour vision, also by lightness. Without
// variables, so that renderers that know little CSS draw it too.
std::string_view svg_style() {
    return R"(
  .roofline{font:15px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
  .roofline text{fill:#1f2328} .roofline .dim{fill:#57606a} .roofline .title{font-weight:600}
  .roofline .small{font-size:13px} .roofline .paper{fill:#fff}
  .roofline .axis{stroke:#57606a} .roofline .grid{stroke:#dde2e7} .roofline .mark{stroke:#8c959f}
  .roofline .blue{fill:#0969da;stroke:#0969da} .roofline .orange{fill:#bc4c00;stroke:#bc4c00}
  .roofline .grey{fill:#6e7781;stroke:#6e7781} .roofline .ink{fill:#1f2328;stroke:#1f2328}
  .roofline .above,.roofline .limited{fill:#cf222e} .roofline .limit{stroke:#cf222e}
  .roofline .dot,.roofline .label{stroke:#fff} .roofline .line{fill:none}
  .roofline .hollow{fill:#fff}
  @media (prefers-color-scheme:dark){
  .roofline text{fill:#e6edf3} .roofline .dim{fill:#9da7b3} .roofline .paper{fill:#0d1117}
  .roofline .axis{stroke:#9da7b3} .roofline .grid{stroke:#2b323b} .roofline .mark{stroke:#6e7681}
  .roofline .blue{fill:#58a6ff;stroke:#58a6ff} .roofline .orange{fill:#f0883e;stroke:#f0883e}
  .roofline .grey{fill:#b1bac4;stroke:#b1bac4} .roofline .ink{fill:#e6edf3;stroke:#e6edf3}
  .roofline .above,.roofline .limited{fill:#ff7b72} .roofline .limit{stroke:#ff7b72}
  .roofline .dot,.roofline .label{stroke:#0d1117} .roofline .line{fill:none}
  .roofline .hollow{fill:#0d1117}
  }
  .roofline .line{stroke-width:2.5;stroke-linejoin:round} .roofline .dot{stroke-width:1.5}
  .roofline .whisker,.roofline .limit{stroke-width:1.5} .roofline .above{font-weight:700}
  .roofline .band{stroke:none;fill-opacity:.17}
  .roofline .label{stroke-width:4;stroke-linejoin:round;paint-order:stroke}
)";
}

// The advance widths of DejaVu Sans, in classes.
double svg_text_width(std::string_view text, double font_size) {
    double em = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;  // within a character
        const auto is_one_of = [&](std::string_view set) { return set.find(c) != set.npos; };
        if (is_one_of("ijlI'|.,:; /"))
            em += 0.33;
        else if (is_one_of("frt-()[]\""))
            em += 0.41;
        else if (is_one_of("mwMWOQ@%<>=+~#"))
            em += 0.9;
        else if (c >= 'A' && c <= 'Z')
            em += 0.7;
        else if (static_cast<unsigned char>(c) >= 0x80U)
            em += 0.85;
        else
            em += 0.62;
    }
    return em * font_size;
}

std::string_view svg_colour(const Chart& chart, std::size_t series) {
    constexpr std::array<std::string_view, 3> colours{"blue", "orange", "grey"};
    switch (chart.series[series].role) {
        case Role::memory:
            return "blue";
        case Role::compute:
            return "orange";
        case Role::network:
            return "grey";
        case Role::plain:
            return colours[series % colours.size()];
        default:
            return "ink";
    }
}

std::string svg_dashes(std::size_t index) {
    constexpr std::array<std::string_view, 4> patterns{"", "7 4", "2 3", "10 3 2 3"};
    const std::string_view pattern = patterns[index % patterns.size()];
    return pattern.empty() ? std::string() : formatted(R"( stroke-dasharray="{}")", pattern);
}

std::string svg_marker(std::size_t series, double x, double y, double size) {
    constexpr std::size_t shapes = 8;
    switch (series % shapes) {
        case 0:
            return outline({{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}}, x, y, size);
        case 1:
            return circle(x, y, size);
        case 2:
            return outline({{0, -1.15}, {1.1, 0.85}, {-1.1, 0.85}}, x, y, size);
        case 3:
            return outline({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}, x, y, size);
        case 4:
            return outline(star(), x, y, size);
        case 5:
            return outline({{0, 1.15}, {-1.1, -0.85}, {1.1, -0.85}}, x, y, size);
        case 6:
            return outline(
                {{-1.1, 0}, {-0.55, -0.95}, {0.55, -0.95}, {1.1, 0}, {0.55, 0.95}, {-0.55, 0.95}},
                x, y, size);
        default:
            return outline({{-0.4, -1.1},
                            {0.4, -1.1},
                            {0.4, -0.4},
                            {1.1, -0.4},
                            {1.1, 0.4},
                            {0.4, 0.4},
                            {0.4, 1.1},
                            {-0.4, 1.1},
                            {-0.4, 0.4},
                            {-1.1, 0.4},
                            {-1.1, -0.4},
                            {-0.4, -0.4}},
                           x, y, size);
    }
}

std::string svg_text(double x, double y, std::string_view text, std::string_view style,
                     Anchor anchor) {
    constexpr std::array<std::string_view, 3> anchors{"", R"( text-anchor="middle")",
                                                      R"( text-anchor="end")"};
    return formatted("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\"{}>{}</text>\n", x, y, style,
                     anchors[static_cast<std::size_t>(anchor)], xml(text));
}

std::string svg_line(const SvgLine& line, std::string_view style, std::string_view more) {
    return formatted(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="{}"{}/>)"
                     "\n",
                     line.x0, line.y0, line.x1, line.y1, style, more);
}

}  // namespace roofline
