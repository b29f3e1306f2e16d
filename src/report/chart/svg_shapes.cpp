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

std::string circle(double x, double y, double r) {
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
  .roofline .line{fill:none;stroke-width:2.5;stroke-linejoin:round}
  .roofline .dot{stroke:#fff;stroke-width:1.5}
  .roofline .dot.blue{fill:#0969da} .roofline .line.blue{stroke:#0969da}
  .roofline .dot.orange{fill:#bc4c00} .roofline .line.orange{stroke:#bc4c00}
  .roofline .dot.grey{fill:#6e7781} .roofline .line.grey{stroke:#6e7781}
  .roofline .dot.ink{fill:#1f2328} .roofline .line.ink{stroke:#1f2328}
  .roofline .above{fill:#cf222e;font-weight:700}
  @media (prefers-color-scheme:dark){
  .roofline text{fill:#e6edf3} .roofline .dim{fill:#9da7b3} .roofline .paper{fill:#0d1117}
  .roofline .axis{stroke:#9da7b3} .roofline .grid{stroke:#2b323b} .roofline .mark{stroke:#6e7681}
  .roofline .dot{stroke:#0d1117}
  .roofline .dot.blue{fill:#58a6ff} .roofline .line.blue{stroke:#58a6ff}
  .roofline .dot.orange{fill:#f0883e} .roofline .line.orange{stroke:#f0883e}
  .roofline .dot.grey{fill:#b1bac4} .roofline .line.grey{stroke:#b1bac4}
  .roofline .dot.ink{fill:#e6edf3} .roofline .line.ink{stroke:#e6edf3}
  .roofline .above{fill:#ff7b72}
  }
)";
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
    constexpr std::size_t shapes = 5;
    switch (series % shapes) {
        case 0:
            return outline({{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}}, x, y, size);
        case 1:
            return circle(x, y, size);
        case 2:
            return outline({{0, -1.15}, {1.1, 0.85}, {-1.1, 0.85}}, x, y, size);
        case 3:
            return outline({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}, x, y, size);
        default:
            return outline(star(), x, y, size);
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
