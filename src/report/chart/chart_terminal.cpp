#include "chart_terminal.hpp"

#include "chart_frame.hpp"
#include "chart_tables.hpp"
#include "report/wrapped_lines.hpp"
#include "terminal_layers.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace roofline {
namespace {

constexpr int narrowest = 40;
constexpr int widest_plot = 100;
constexpr int most_rows = 20;
constexpr int axis_rows = 2;  // the axis and its numbers

/// The characters of a frame.
struct Strokes {
    std::string_view side, tick_left, corner, bottom, tick_down, mark;
};
constexpr Strokes unicode_strokes{"│", "┤", "└", "─", "┬", "┴"};
constexpr Strokes ascii_strokes{"|", "+", "+", "-", "+", "^"};

class Plot {
  public:
    Plot(const Chart& chart, const Page& page);

    Drawing drawing();

  private:
    // Of a series of one point.
    std::optional<std::pair<int, int>> cell_of(const Series& series) const {
        if (series.points.size() != 1 || !is_drawn(series.points[0])) return std::nullopt;
        return std::pair{cells_.cell_column(series.points[0].x),
                         cells_.cell_row(series.points[0].y)};
    }

    void draw_roof(const Roof& roof);
    void draw_line(const Series& series, Role role);
    void choose_markers();
    void draw_points(std::size_t index);
    std::vector<DrawnLine> title_lines(const ShownAxis& axis, int indent) const;
    void draw_y_axis();
    void draw_x_axis();
    void write_centred(int column, const std::string& text, Role role);

    const Chart& chart_;
    const Page& page_;
    Frame frame_;
    std::vector<Tick> y_ticks_;
    int rows_;
    int left_;  ///< cells before the first of the plot
    Dots dots_;
    PlotCells cells_;
    Canvas canvas_;
    std::vector<std::string> markers_;  ///< by series
};

int widest(const std::vector<Tick>& ticks) {
    int width = 1;
    for (const Tick& tick : ticks) width = std::max(width, static_cast<int>(tick.text.size()));
    return width;
}

int rows_for(int width) { return std::min(most_rows, width / 4); }

Plot::Plot(const Chart& chart, const Page& page)
    : chart_(chart),
      page_(page),
      frame_(frame_of(chart)),
      y_ticks_(ticks_of(frame_.y, rows_for(page.width) / 3)),
      rows_(rows_for(page.width)),
      left_(widest(y_ticks_) + 3),
      dots_(std::min(widest_plot, page.width - left_), rows_),
      cells_{frame_, left_, dots_.across(), dots_.down()},
      canvas_(left_ + dots_.across() / dots_across, rows_ + axis_rows) {}

// One dot per dot column, joined where it is steep.
void Plot::draw_roof(const Roof& roof) {
    const bool strong = roof.role != Role::dim;
    std::optional<int> before;
    for (int x = 0; x < dots_.across(); ++x) {
        const double value = value_at(frame_.x, static_cast<double>(x) / (dots_.across() - 1));
        const int y = cells_.dot_row(roof.height_at(value));
        const Role role = !strong ? Role::dim : value < roof.ridge() ? Role::memory : Role::compute;
        dots_.line(x, before.value_or(y), x, y, role);
        before = y;
    }
}

void Plot::draw_line(const Series& series, Role role) {
    const ChartPoint* before = nullptr;
    for (const ChartPoint& point : series.points) {
        if (!is_drawn(point)) continue;
        if (before != nullptr)
            dots_.line(cells_.dot_column(before->x), cells_.dot_row(before->y),
                       cells_.dot_column(point.x), cells_.dot_row(point.y), role);
        before = &point;
    }
}

// Points that share a cell share the marker of the first of them.
void Plot::choose_markers() {
    std::size_t used = 0;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
        const auto place = cell_of(chart_.series[i]);
        const auto end = chart_.series.begin() + static_cast<std::ptrdiff_t>(i);
        const auto first = std::find_if(chart_.series.begin(), end, [&](const Series& other) {
            return place && cell_of(other) == place;
        });
        markers_.push_back(first == end
                               ? marker_of(used++, page_.charset)
                               : markers_[static_cast<std::size_t>(first - chart_.series.begin())]);
    }
}

void Plot::draw_points(std::size_t index) {
    for (const ChartPoint& point : chart_.series[index].points) {
        if (!is_drawn(point)) continue;
        const int column = cells_.cell_column(point.x);
        const int row = cells_.cell_row(point.y);
        if (above_its_roof(chart_, point))
            canvas_.put(column, row, "!", Role::bad);
        else
            canvas_.put(column, row, point.hollow ? hollow_of(markers_[index]) : markers_[index],
                        role_of(chart_, index));
    }
}

void Plot::draw_y_axis() {
    const bool ascii = page_.charset == Charset::ascii;
    const Strokes& strokes = ascii ? ascii_strokes : unicode_strokes;
    for (int row = 0; row < rows_; ++row) canvas_.put(left_ - 1, row, strokes.side, Role::dim);
    for (const Tick& tick : y_ticks_) {
        const int row =
            static_cast<int>(std::lround((1 - tick.place) * (dots_.down() - 1))) / dots_down;
        const int length = static_cast<int>(tick.text.size());
        if (!canvas_.is_empty(left_ - 3, row)) continue;
        canvas_.write(left_ - 2 - length, row, tick.text, Role::dim);
        canvas_.put(left_ - 1, row, strokes.tick_left, Role::dim);
    }
}

void Plot::write_centred(int column, const std::string& text, Role role) {
    const int length = static_cast<int>(text.size());
    const int start = std::clamp(column - length / 2, 0, std::max(0, canvas_.columns() - length));
    const int row = rows_ + 1;
    if (canvas_.has_room(start, row, length)) canvas_.write(start, row, text, role);
}

// Marks come before ticks: they are what one looks for.
void Plot::draw_x_axis() {
    const bool ascii = page_.charset == Charset::ascii;
    const Strokes& strokes = ascii ? ascii_strokes : unicode_strokes;
    canvas_.put(left_ - 1, rows_, strokes.corner, Role::dim);
    for (int column = left_; column < canvas_.columns(); ++column)
        canvas_.put(column, rows_, strokes.bottom, Role::dim);
    for (const Mark& mark : chart_.marks)
        write_centred(cells_.cell_column(mark.x), humanize_tick(mark.x / frame_.x.scale.factor, 3),
                      Role::strong);
    constexpr int cells_per_tick = 9;
    for (const Tick& tick : ticks_of(frame_.x, dots_.across() / dots_across / cells_per_tick)) {
        const int column =
            left_ + static_cast<int>(std::lround(tick.place * (dots_.across() - 1))) / dots_across;
        canvas_.put(column, rows_, strokes.tick_down, Role::dim);
        write_centred(column, tick.text, Role::dim);
    }
    for (const Mark& mark : chart_.marks)
        canvas_.put(cells_.cell_column(mark.x), rows_, strokes.mark, Role::strong);
}

std::vector<DrawnLine> Plot::title_lines(const ShownAxis& axis, int indent) const {
    const std::string title = printable(axis.title);
    const std::string text = page_.charset == Charset::ascii ? to_ascii(title) : title;
    std::vector<DrawnLine> lines;
    for (std::string& line :
         wrapped_lines(std::string(static_cast<std::size_t>(indent), ' ') + text, page_.width, 1))
        lines.push_back({{std::move(line), Role::dim}});
    return lines;
}

Drawing Plot::drawing() {
    for (const Role role : {Role::dim, Role::strong})
        for (const Roof& roof : chart_.roofs)
            if ((roof.role == Role::dim) == (role == Role::dim)) draw_roof(roof);
    for (std::size_t i = 0; i < chart_.series.size(); ++i)
        if (chart_.series[i].stroke == Stroke::line)
            draw_line(chart_.series[i], role_of(chart_, i));
    Dots bands(dots_.across() / dots_across, rows_);
    shade_bands(chart_, cells_, page_.charset, bands);
    bands.draw_on(canvas_, left_, 0, page_.charset);
    dots_.draw_on(canvas_, left_, 0, page_.charset);
    choose_markers();
    for (std::size_t i = chart_.series.size(); i-- > 0;) draw_points(i);
    label_ends(chart_, cells_, page_.charset, canvas_);
    draw_limits(chart_, cells_, page_.charset, canvas_);
    draw_y_axis();
    draw_x_axis();
    Drawing drawing{.lines = canvas_.lines(),
                    .legend = legend_of(chart_, frame_, markers_, page_.charset)};
    drawing.lines = title_lines(frame_.y, 1);
    std::ranges::move(canvas_.lines(), std::back_inserter(drawing.lines));
    const int length = shown_width(printable(frame_.x.title));
    std::ranges::move(title_lines(frame_.x, std::max(1, canvas_.columns() - length)),
                      std::back_inserter(drawing.lines));
    return drawing;
}

}  // namespace

Drawing drawing_of(const Chart& chart, const Page& page) {
    if (page.width < narrowest) {
        const std::vector<std::string> none(chart.series.size());
        return {.lines = {}, .legend = legend_of(chart, frame_of(chart), none, page.charset)};
    }
    return Plot(chart, page).drawing();
}

}  // namespace roofline
