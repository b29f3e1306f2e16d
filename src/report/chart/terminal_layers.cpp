#include "terminal_layers.hpp"

#include "chart_tables.hpp"
#include "text/printable.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace roofline {
namespace {

struct SpanInDots {
    int x;
    int low;  ///< below the other
    int high;
};

// Between two points, in which every second column has a dot in each cell.
void shade_between(const SpanInDots& from, const SpanInDots& to, int phase, Dots& dots) {
    for (int x = from.x; x <= to.x; ++x) {
        if (x % dots_across != 0) continue;
        const double share = to.x == from.x ? 0 : static_cast<double>(x - from.x) / (to.x - from.x);
        const auto at = [&](int one, int other) {
            return static_cast<int>(std::lround(one + share * (other - one)));
        };
        for (int y = at(from.high, to.high); y <= at(from.low, to.low); ++y)
            if (y % dots_down == phase) dots.set(x, y, Role::dim);
    }
}

std::string shown(const std::string& name, Charset charset) {
    const std::string text = printable(name);
    return charset == Charset::ascii ? to_ascii(text) : text;
}

// A cell per character, of text that may hold more bytes.
void write(Canvas& canvas, int column, int row, const std::string& text, Role role) {
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        canvas.put(column++, row, text.substr(i, end - i), role);
        i = end;
    }
}

void draw_level(const PlotCells& cells, int row, const std::string& text, Charset charset,
                Canvas& canvas) {
    const int length = shown_width(text);
    const int end = cells.left + cells.across / dots_across;
    for (int column = cells.left + 1; column + length < end; ++column)
        if (canvas.has_room(column, row, length)) {
            write(canvas, column, row, text, Role::warning);
            break;
        }
    for (int column = cells.left; column < end; ++column)
        if (canvas.is_empty(column, row))
            canvas.put(column, row, charset == Charset::ascii ? "=" : "╌", Role::warning);
}

void draw_upright(const PlotCells& cells, int column, const std::string& text, Charset charset,
                  Canvas& canvas) {
    const int length = shown_width(text);
    for (int row = 0; row < cells.down / dots_down; ++row)
        for (const int start : {column + 1, column - length})
            if (canvas.has_room(start, row, length)) {
                write(canvas, start, row, text, Role::warning);
                row = cells.down;
                break;
            }
    for (int row = 0; row < cells.down / dots_down; ++row)
        if (canvas.is_empty(column, row))
            canvas.put(column, row, charset == Charset::ascii ? ":" : "┆", Role::warning);
}

}  // namespace

int PlotCells::dot_column(double x) const {
    return static_cast<int>(std::lround(place_of(frame.x, x) * (across - 1)));
}

int PlotCells::dot_row(double y) const {
    const double place = std::clamp(place_of(frame.y, y), -2.0, 2.0);
    return static_cast<int>(std::lround((1 - place) * (down - 1)));
}

void shade_bands(const Chart& chart, const PlotCells& cells, Charset charset, Dots& dots) {
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const Series& series = chart.series[i];
        const bool area = series.stroke == Stroke::line && series.points.size() > 1;
        // Bands that overlap are told apart; in ASCII a low dot is a full stop.
        const int phase =
            charset == Charset::ascii ? dots_down - 1 : static_cast<int>(i) % dots_down;
        std::optional<SpanInDots> before;
        for (const ChartPoint& point : series.points) {
            const auto span = drawn_span(cells.frame.y, point);
            if (!is_drawn(point) || !span) continue;
            const SpanInDots here{cells.dot_column(point.x), cells.dot_row(span->from),
                                  cells.dot_row(span->to)};
            if (!area) dots.line(here.x, here.high, here.x, here.low, Role::dim);
            if (area && before)
                shade_between(before->x < here.x ? *before : here,
                              before->x < here.x ? here : *before, phase, dots);
            before = here;
        }
    }
}

void draw_limits(const Chart& chart, const PlotCells& cells, Charset charset, Canvas& canvas) {
    for (const ChartLimit& limit : chart.limits) {
        if (!is_inside(cells.frame, limit)) continue;
        const std::string text = shown(limit.name, charset);
        if (limit.axis == AxisName::y)
            draw_level(cells, cells.cell_row(limit.value), text, charset, canvas);
        else
            draw_upright(cells, cells.cell_column(limit.value), text, charset, canvas);
    }
}

void label_ends(const Chart& chart, const PlotCells& cells, Charset charset, Canvas& canvas) {
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const Series& series = chart.series[i];
        const auto end = std::find_if(series.points.rbegin(), series.points.rend(), is_drawn);
        if (series.label.empty() || end == series.points.rend()) continue;
        const std::string text = shown(series.label, charset);
        const int length = shown_width(text);
        const int column = cells.cell_column(end->x);
        const int row = cells.cell_row(end->y);
        const auto try_at = [&](int start, int at) {
            if (at < 0 || at >= cells.down / dots_down || start <= cells.left ||
                !canvas.has_room(start, at, length))
                return false;
            write(canvas, start, at, text, role_of(chart, i));
            return true;
        };
        for (const int move : {0, -1, 1})
            if (try_at(column + 2, row + move) || try_at(column - 1 - length, row + move)) break;
    }
}

}  // namespace roofline
