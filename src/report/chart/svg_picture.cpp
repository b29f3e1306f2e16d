#include "svg_picture.hpp"

#include "chart_frame.hpp"
#include "report/wrapped_lines.hpp"
#include "svg_shapes.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "text/xml.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace roofline {
namespace {

constexpr double margin = 12;
constexpr double line_height = 21;
constexpr double character = 8.3;  ///< widest mean width of a character of a word
constexpr double small_character = 7.5;
constexpr double plot_height = 300;
constexpr double right = svg_width - 18;
constexpr double marker_size = 6;
constexpr double mark_row = 17;
constexpr double key_end = 36;  ///< of a line of the legend that stands for one of the plot
constexpr double legend_text = 44;

class Drawer {
  public:
    explicit Drawer(const Chart& chart)
        : chart_(chart), frame_(frame_of(chart)), y_ticks_(ticks_of(frame_.y, most_y_ticks)) {}

    Picture picture();

  private:
    static constexpr int most_y_ticks = 8;

    double at_x(double value) const { return left_ + place_of(frame_.x, value) * (right - left_); }
    double at_y(double value) const { return top_ + (1 - place_of(frame_.y, value)) * plot_height; }
    double bottom() const { return top_ + plot_height; }

    void write_lines(const std::string& text, std::string_view style, double x, double size,
                     Anchor anchor = Anchor::start);
    void lay_out();
    void draw_grid();
    void draw_marks();
    void draw_roofs();
    std::string dashes_of(const Roof& roof) const;
    void draw_roof(const Roof& roof, const std::string& dashes);
    void draw_series(std::size_t index);
    void draw_point(std::size_t index, const ChartPoint& point);
    void draw_series_key(std::size_t index);
    void draw_roof_key(const Roof& roof);
    void draw_legend();

    const Chart& chart_;
    Frame frame_;
    std::vector<Tick> y_ticks_;
    double left_ = 0;
    double top_ = 0;
    double down_ = margin + 6;  ///< the next line of text
    std::string body_;
};

// As many lines as it takes from `x` on, or up to it, `size` units a character.
void Drawer::write_lines(const std::string& text, std::string_view style, double x, double size,
                         Anchor anchor) {
    const double room = anchor == Anchor::end ? x - margin : svg_width - margin - x;
    for (const std::string& line :
         wrapped_lines(printable(text), static_cast<int>(room / size), 0)) {
        body_ += svg_text(x, down_, line, style, anchor);
        down_ += line_height;
    }
}

void Drawer::lay_out() {
    std::size_t widest = 1;
    for (const Tick& tick : y_ticks_) widest = std::max(widest, tick.text.size());
    left_ = margin + static_cast<double>(widest) * character + 8;
    write_lines(chart_.title, "title", margin, character);
    write_lines(frame_.y.title, "dim small", margin, small_character);
    top_ =
        down_ - 8 + mark_row * static_cast<double>(std::min<std::size_t>(chart_.marks.size(), 2));
}

void Drawer::draw_grid() {
    for (const Tick& tick : y_ticks_) {
        const double y = top_ + (1 - tick.place) * plot_height;
        body_ += svg_line({left_, y, right, y}, "grid");
        body_ += svg_text(left_ - 8, y + 5, tick.text, "dim small", Anchor::end);
    }
    constexpr int most_x_ticks = 8;
    for (const Tick& tick : ticks_of(frame_.x, most_x_ticks)) {
        const double x = left_ + tick.place * (right - left_);
        body_ += svg_line({x, top_, x, bottom()}, "grid");
        body_ += svg_text(x, bottom() + 19, tick.text, "dim small", Anchor::middle);
    }
    body_ += svg_line({left_, top_, left_, bottom()}, "axis");
    body_ += svg_line({left_, bottom(), right, bottom()}, "axis");
    down_ = bottom() + 40;
    write_lines(frame_.x.title, "dim small", right, small_character, Anchor::end);
}

// Names over the plot, in the first of two rows where they stand free of each other.
void Drawer::draw_marks() {
    struct Taken {
        Range range;
        int row;
    };
    std::vector<Taken> taken;
    for (const Mark& mark : chart_.marks) {
        const double x = at_x(mark.x);
        body_ += svg_line({x, top_, x, bottom()}, "mark", R"( stroke-dasharray="3 4")");
        const std::string text =
            formatted("{} {}", mark.name, humanize_tick(mark.x / frame_.x.scale.factor, 3));
        const double half = static_cast<double>(text.size()) * small_character / 2;
        const double centre = std::clamp(x, left_ + half, svg_width - margin - half);
        const auto is_free = [&](int row) {
            return std::ranges::none_of(taken, [&](const Taken& other) {
                return other.row == row && centre + half > other.range.from &&
                       centre - half < other.range.to;
            });
        };
        const int row = is_free(0) ? 0 : 1;
        if (!is_free(row)) continue;
        taken.push_back({{centre - half, centre + half}, row});
        body_ += svg_text(centre, top_ - 7 - row * mark_row, text, "small", Anchor::middle);
    }
}

void Drawer::draw_roof(const Roof& roof, const std::string& dashes) {
    const double start = std::max(frame_.x.range.from, frame_.y.range.from / roof.slope);
    const double end = std::min(roof.ridge(), frame_.x.range.to);
    const bool dim = roof.role == Role::dim;
    if (start < end)
        body_ += svg_line(
            {at_x(start), at_y(roof.height_at(start)), at_x(end), at_y(roof.height_at(end))},
            dim ? "line grey" : "line blue", dashes);
    if (end < frame_.x.range.to)
        body_ += svg_line({at_x(end), at_y(roof.ceiling), right, at_y(roof.ceiling)},
                          dim ? "line grey" : "line orange", dashes);
}

// The first is solid; later ones have a pattern each, dim ones never the solid one.
std::string Drawer::dashes_of(const Roof& roof) const {
    std::size_t before = roof.role == Role::dim ? 1 : 0;
    for (const Roof& other : chart_.roofs) {
        if (&other == &roof) break;
        if ((other.role == Role::dim) == (roof.role == Role::dim)) ++before;
    }
    return svg_dashes(before);
}

void Drawer::draw_roofs() {
    for (const bool dim : {true, false})
        for (const Roof& roof : chart_.roofs)
            if ((roof.role == Role::dim) == dim) draw_roof(roof, dashes_of(roof));
}

void Drawer::draw_point(std::size_t index, const ChartPoint& point) {
    const std::string words =
        xml(point_words(chart_, point, name_words(chart_.series[index], point)));
    const double x = at_x(point.x);
    const double y = at_y(point.y);
    if (above_its_roof(chart_, point))
        body_ += formatted(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"point above\" text-anchor=\"middle\">!"
            "<title>{}, above its roof</title></text>\n",
            x, y + 5, words);
    else
        body_ += formatted("<path d=\"{}\" class=\"point dot {}\"><title>{}</title></path>\n",
                           svg_marker(index, x, y, marker_size), svg_colour(chart_, index), words);
}

void Drawer::draw_series(std::size_t index) {
    const Series& series = chart_.series[index];
    std::string corners;
    for (const ChartPoint& point : series.points)
        if (is_drawn(point)) corners += formatted(" {:.1f},{:.1f}", at_x(point.x), at_y(point.y));
    if (series.stroke == Stroke::line && !corners.empty())
        body_ += formatted("<polyline points=\"{}\" class=\"line {}\"{}/>\n", corners.substr(1),
                           svg_colour(chart_, index), svg_dashes(index / 3));
    for (const ChartPoint& point : series.points)
        if (is_drawn(point)) draw_point(index, point);
}

void Drawer::draw_series_key(std::size_t index) {
    const Series& series = chart_.series[index];
    const double y = down_ - 5;
    if (series.stroke == Stroke::line)
        body_ += svg_line({margin, y, key_end, y}, formatted("line {}", svg_colour(chart_, index)),
                          svg_dashes(index / 3));
    body_ += formatted("<path d=\"{}\" class=\"dot {}\"/>\n",
                       svg_marker(index, (margin + key_end) / 2, y, marker_size),
                       svg_colour(chart_, index));
    const std::string name = legend_name(chart_, series);
    const std::string text = series.points.size() == 1
                                 ? point_words(chart_, series.points[0], name)
                                 : formatted("{} ({} points)", name, series.points.size());
    write_lines(text, "small", legend_text, small_character);
}

void Drawer::draw_roof_key(const Roof& roof) {
    const double y = down_ - 5;
    body_ += svg_line({margin, y, key_end, y}, roof.role == Role::dim ? "line grey" : "line orange",
                      dashes_of(roof));
    const std::string ridge = humanize(Measure(roof.ridge(), chart_.x.dimension));
    write_lines(formatted("{}: {}, {}, ridge {}", roof.name,
                          humanize(Measure(roof.ceiling, chart_.y.dimension)), roof.note, ridge),
                "small", legend_text, small_character);
}

void Drawer::draw_legend() {
    constexpr double gap = 10;
    down_ += gap;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) draw_series_key(i);
    for (const Roof& roof : chart_.roofs) draw_roof_key(roof);
    if (!chart_.footnote.empty())
        write_lines(chart_.footnote, "dim small", margin, small_character);
}

Picture Drawer::picture() {
    lay_out();
    draw_grid();
    draw_marks();
    draw_roofs();
    for (std::size_t i = chart_.series.size(); i-- > 0;) draw_series(i);  // the first on top
    draw_legend();
    return {.body = std::move(body_), .height = down_};
}

}  // namespace

Picture picture_of(const Chart& chart) { return Drawer(chart).picture(); }

}  // namespace roofline
