#include "svg_plot.hpp"

#include "report/humanize.hpp"
#include "svg_shapes.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "text/xml.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

class PlotDrawer {
  public:
    PlotDrawer(const Chart& chart, const PlotArea& area, double width)
        : chart_(chart), area_(area), places_({area.left, area.top, width - 4, area.bottom}) {}

    DrawnPlot drawn();

  private:
    void draw_roof(const Roof& roof);
    void draw_band(std::size_t index);
    void draw_whiskers(std::size_t index);
    void draw_limit(const ChartLimit& limit);
    void draw_point(std::size_t index, const ChartPoint& point);
    void draw_series(std::size_t index);
    void keep_free_of_labels(const Series& series);
    void draw_limit_words(const ChartLimit& limit);
    bool draw_label(std::size_t index);
    void write_label(const Box& box, std::string_view text, std::string_view colour);

    const Chart& chart_;
    const PlotArea& area_;
    LabelPlaces places_;
    std::string body_;
};

void PlotDrawer::draw_roof(const Roof& roof) {
    const Frame& frame = area_.frame;
    const std::string dashes = roof_dashes(chart_, roof);
    const double start = std::max(frame.x.range.from, frame.y.range.from / roof.slope);
    const double end = std::min(roof.ridge(), frame.x.range.to);
    const bool dim = roof.role == Role::dim;
    if (start < end)
        body_ += svg_line({area_.at_x(start), area_.at_y(roof.height_at(start)), area_.at_x(end),
                           area_.at_y(roof.height_at(end))},
                          dim ? "line grey" : "line blue", dashes);
    if (end < frame.x.range.to)
        body_ += svg_line(
            {area_.at_x(end), area_.at_y(roof.ceiling), area_.right, area_.at_y(roof.ceiling)},
            dim ? "line grey" : "line orange", dashes);
}

// There along the high ends, back along the low ones.
void PlotDrawer::draw_band(std::size_t index) {
    std::string there;
    std::vector<std::string> back;
    bool spanned = false;
    for (const ChartPoint& point : chart_.series[index].points) {
        if (!is_drawn(point)) continue;
        const auto known = drawn_span(area_.frame.y, point);
        const Range span = known.value_or(Range{point.y, point.y});
        spanned = spanned || known;
        const auto corner = [&](double y) {
            return formatted("{:.1f} {:.1f}", area_.at_x(point.x), area_.at_y(y));
        };
        there += (there.empty() ? "M" : "L") + corner(span.to);
        back.push_back("L" + corner(span.from));
    }
    if (back.size() < 2 || !spanned) return;
    std::ranges::reverse(back);
    body_ += formatted("<path d=\"{}{}Z\" class=\"band {}\"/>\n", there, joined(back, ""),
                       svg_colour(chart_, index));
}

void PlotDrawer::draw_whiskers(std::size_t index) {
    constexpr double half = 4;
    for (const ChartPoint& point : chart_.series[index].points) {
        const auto span = drawn_span(area_.frame.y, point);
        if (!span || !is_drawn(point)) continue;
        const double x = area_.at_x(point.x);
        const double low = area_.at_y(span->from);
        const double high = area_.at_y(span->to);
        body_ += formatted(
            "<path d=\"M{0:.1f} {2:.1f}H{1:.1f}M{0:.1f} {3:.1f}H{1:.1f}M{4:.1f} "
            "{2:.1f}V{3:.1f}\" class=\"line whisker {5}\"/>\n",
            x - half, x + half, low, high, x, svg_colour(chart_, index));
    }
}

void PlotDrawer::draw_limit(const ChartLimit& limit) {
    if (!is_inside(area_.frame, limit)) return;
    constexpr std::string_view dashes = R"( stroke-dasharray="6 4")";
    if (limit.axis == AxisName::y) {
        const double y = area_.at_y(limit.value);
        body_ += svg_line({area_.left, y, area_.right, y}, "limit", dashes);
    } else {
        const double x = area_.at_x(limit.value);
        body_ += svg_line({x, area_.top, x, area_.bottom}, "limit", dashes);
    }
}

void PlotDrawer::draw_point(std::size_t index, const ChartPoint& point) {
    const std::string words =
        xml(point_words(chart_, point, name_words(chart_.series[index], point)));
    const double x = area_.at_x(point.x);
    const double y = area_.at_y(point.y);
    if (above_its_roof(chart_, point))
        body_ += formatted(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"point above\" text-anchor=\"middle\">!"
            "<title>{}, above its roof</title></text>\n",
            x, y + 5, words);
    else
        body_ += formatted("<path d=\"{}\" class=\"point {} {}\"><title>{}</title></path>\n",
                           svg_marker(index, x, y, svg_marker_size * point.size),
                           point.hollow ? "line hollow" : "dot", svg_colour(chart_, index), words);
}

void PlotDrawer::draw_series(std::size_t index) {
    const Series& series = chart_.series[index];
    std::string corners;
    for (const ChartPoint& point : series.points)
        if (is_drawn(point))
            corners += formatted(" {:.1f},{:.1f}", area_.at_x(point.x), area_.at_y(point.y));
    if (series.stroke == Stroke::line && !corners.empty())
        body_ += formatted("<polyline points=\"{}\" class=\"line {}\"{}/>\n", corners.substr(1),
                           svg_colour(chart_, index), svg_dashes(index / 3));
    for (const ChartPoint& point : series.points)
        if (is_drawn(point)) draw_point(index, point);
}

// Markers are never under a name; lines are where there is no other place.
void PlotDrawer::keep_free_of_labels(const Series& series) {
    const ChartPoint* before = nullptr;
    for (const ChartPoint& point : series.points) {
        if (!is_drawn(point)) continue;
        const double x = area_.at_x(point.x);
        const double y = area_.at_y(point.y);
        const double half = svg_marker_size * point.size;
        places_.keep_free({x - half, y - half, x + half, y + half});
        if (series.stroke == Stroke::line && before != nullptr) {
            const double x0 = area_.at_x(before->x);
            const double y0 = area_.at_y(before->y);
            const double steps = std::ceil(std::max({std::abs(x - x0), std::abs(y - y0), 1.0}) / 8);
            for (double i = 0; i < steps; ++i) {
                const double at_x = x0 + (x - x0) * i / steps;
                const double at_y = y0 + (y - y0) * i / steps;
                places_.avoid({at_x - 4, at_y - 4, at_x + 4, at_y + 4});
            }
        }
        before = &point;
    }
}

void PlotDrawer::write_label(const Box& box, std::string_view text, std::string_view colour) {
    constexpr double below_baseline = 4;
    body_ +=
        svg_text(box.left, box.bottom - below_baseline, text, formatted("small label {}", colour));
}

// Over its line at the left end, or beside it at the top.
void PlotDrawer::draw_limit_words(const ChartLimit& limit) {
    if (!is_inside(area_.frame, limit)) return;
    const std::string text = printable(limit.name);
    const double width = svg_text_width(text, svg_small_font);
    const bool y = limit.axis == AxisName::y;
    const double middle = svg_small_line / 2;
    WantedLabel label{.x = y ? area_.left : area_.at_x(limit.value),
                      .y = y ? area_.at_y(limit.value) - middle - 2 : area_.top + middle,
                      .width = width,
                      .height = svg_small_line,
                      .gap = 5};
    for (int tries = 0; tries < 6; ++tries) {
        if (const auto box = places_.place(label)) return write_label(*box, text, "limited");
        y ? label.x += (area_.right - area_.left) / 6 : label.y += (area_.bottom - area_.top) / 6;
    }
}

bool PlotDrawer::draw_label(std::size_t index) {
    const Series& series = chart_.series[index];
    const auto end = std::find_if(series.points.rbegin(), series.points.rend(), is_drawn);
    if (series.label.empty() || end == series.points.rend()) return false;
    const std::string text = printable(series.label);
    const auto box = places_.place({.x = area_.at_x(end->x),
                                    .y = area_.at_y(end->y),
                                    .width = svg_text_width(text, svg_small_font),
                                    .height = svg_small_line,
                                    .gap = svg_marker_size * end->size + 4});
    if (box) write_label(*box, text, svg_colour(chart_, index));
    return box.has_value();
}

DrawnPlot PlotDrawer::drawn() {
    DrawnPlot plot;
    const auto lines_first = [&](auto draw) {
        for (std::size_t i = chart_.series.size(); i-- > 0;) draw(i);
    };
    for (std::size_t i = 0; i < chart_.series.size(); ++i)
        if (chart_.series[i].stroke == Stroke::line && chart_.series[i].points.size() > 1)
            draw_band(i);
    for (const bool dim : {true, false})
        for (const Roof& roof : chart_.roofs)
            if ((roof.role == Role::dim) == dim) draw_roof(roof);
    for (const ChartLimit& limit : chart_.limits) draw_limit(limit);
    lines_first([&](std::size_t i) {
        if (chart_.series[i].stroke != Stroke::line || chart_.series[i].points.size() == 1)
            draw_whiskers(i);
    });
    lines_first([&](std::size_t i) { draw_series(i); });
    for (const Series& series : chart_.series) keep_free_of_labels(series);
    for (const ChartLimit& limit : chart_.limits) draw_limit_words(limit);
    for (std::size_t i = 0; i < chart_.series.size(); ++i) plot.labelled.push_back(draw_label(i));
    plot.body = std::move(body_);
    return plot;
}

}  // namespace

// The first is solid; later ones have a pattern each, dim ones never the solid one.
std::string roof_dashes(const Chart& chart, const Roof& roof) {
    std::size_t before = roof.role == Role::dim ? 1 : 0;
    for (const Roof& other : chart.roofs) {
        if (&other == &roof) break;
        if ((other.role == Role::dim) == (roof.role == Role::dim)) ++before;
    }
    return svg_dashes(before);
}

DrawnPlot drawn_plot(const Chart& chart, const PlotArea& area, double width) {
    return PlotDrawer(chart, area, width).drawn();
}

}  // namespace roofline
