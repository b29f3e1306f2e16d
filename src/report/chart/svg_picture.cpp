#include "svg_picture.hpp"

#include "svg_legend.hpp"
#include "svg_plot.hpp"
#include "svg_shapes.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

#include <algorithm>
#include <vector>

namespace roofline {
namespace {

constexpr double plot_height = 300;
constexpr double usual_right = svg_width - 18;
constexpr double mark_row = 17;

class Drawer {
  public:
    explicit Drawer(const Chart& chart)
        : chart_(chart), area_{.frame = frame_of(chart)}, y_ticks_(ticks_of(area_.frame.y, 8)) {}

    Picture picture();

  private:
    void write(const std::string& text, std::string style) {
        body_ += svg_paragraph({.text = text, .style = std::move(style)}, svg_width, down_);
    }
    void lay_out();
    double right_end() const;
    void draw_grid();
    void draw_marks();

    const Chart& chart_;
    PlotArea area_;
    std::vector<Tick> y_ticks_;
    double down_ = svg_margin + 6;  ///< the next line of text
    std::string body_;
};

// Names of lines that end at the right stand beside the plot, unless they would take much of it.
double Drawer::right_end() const {
    constexpr double most = 130;
    double widest = 0;
    for (const Series& series : chart_.series) {
        const auto end = std::find_if(series.points.rbegin(), series.points.rend(), is_drawn);
        if (series.label.empty() || end == series.points.rend()) continue;
        const double width = svg_text_width(printable(series.label), svg_small_font);
        const double free = (1 - place_of(area_.frame.x, end->x)) * (usual_right - area_.left);
        if (width <= most) widest = std::max(widest, width + svg_margin + 4 - free);
    }
    return usual_right - std::max(0.0, widest);
}

// A title that is too long for a line is smaller.
void Drawer::lay_out() {
    std::size_t widest = 1;
    for (const Tick& tick : y_ticks_) widest = std::max(widest, tick.text.size());
    constexpr double character = 8.3;
    area_.left = svg_margin + static_cast<double>(widest) * character + 8;
    area_.right = right_end();
    const double wide = svg_text_width(printable(chart_.title), svg_font) * svg_bold;
    write(chart_.title, wide <= svg_width - 2 * svg_margin ? "title" : "title small");
    write(area_.frame.y.title, "dim small");
    area_.top =
        down_ - 8 + mark_row * static_cast<double>(std::min<std::size_t>(chart_.marks.size(), 2));
    area_.bottom = area_.top + plot_height;
}

void Drawer::draw_grid() {
    const auto& [frame, left, right, top, bottom] = area_;
    for (const Tick& tick : y_ticks_) {
        const double y = top + (1 - tick.place) * plot_height;
        body_ += svg_line({left, y, right, y}, "grid");
        body_ += svg_text(left - 8, y + 5, tick.text, "dim small", Anchor::end);
    }
    constexpr double least_tick_width = 60;
    for (const Tick& tick :
         ticks_of(frame.x, static_cast<int>((right - left + 1) / least_tick_width))) {
        const double x = left + tick.place * (right - left);
        body_ += svg_line({x, top, x, bottom}, "grid");
        body_ += svg_text(x, bottom + 19, tick.text, "dim small", Anchor::middle);
    }
    body_ += svg_line({left, top, left, bottom}, "axis");
    body_ += svg_line({left, bottom, right, bottom}, "axis");
    down_ = bottom + 40;
    const SvgParagraph title{
        .text = frame.x.title, .style = "dim small", .x = usual_right, .ends_there = true};
    body_ += svg_paragraph(title, svg_width, down_);
}

// Names over the plot, in the first of two rows where they stand free of each other.
void Drawer::draw_marks() {
    struct Taken {
        Range range;
        int row;
    };
    std::vector<Taken> taken;
    for (const Mark& mark : chart_.marks) {
        const double x = area_.at_x(mark.x);
        body_ += svg_line({x, area_.top, x, area_.bottom}, "mark", R"( stroke-dasharray="3 4")");
        const std::string text =
            formatted("{} {}", mark.name, humanize_tick(mark.x / area_.frame.x.scale.factor, 3));
        const double half = svg_text_width(text, svg_small_font) / 2;
        const double centre = std::clamp(x, area_.left + half, svg_width - svg_margin - half);
        const auto is_free = [&](int row) {
            return std::ranges::none_of(taken, [&](const Taken& other) {
                return other.row == row && centre + half > other.range.from &&
                       centre - half < other.range.to;
            });
        };
        const int row = is_free(0) ? 0 : 1;
        if (!is_free(row)) continue;
        taken.push_back({{centre - half - 4, centre + half + 4}, row});
        body_ += svg_text(centre, area_.top - 7 - row * mark_row, text, "small", Anchor::middle);
    }
}

Picture Drawer::picture() {
    lay_out();
    draw_grid();
    draw_marks();
    DrawnPlot plot = drawn_plot(chart_, area_, svg_width);
    body_ += plot.body;
    constexpr double gap = 10;
    down_ += gap;
    body_ += svg_legend(chart_, plot.labelled, svg_width, down_);
    return {.body = std::move(body_), .height = down_};
}

}  // namespace

Picture picture_of(const Chart& chart) { return Drawer(chart).picture(); }

}  // namespace roofline
