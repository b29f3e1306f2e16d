#include "chart_frame.hpp"

#include "report/value.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

// Numbers whose axis has an end beside them, and ticks that an int counts.
bool is_drawable(double value) {
    constexpr double least = 1e-200;
    constexpr double most = 1e200;
    const double size = std::abs(value);
    return value == 0 || (size >= least && size <= most);
}

double scaled(Scaling scaling, double value) {
    return scaling == Scaling::logarithmic ? std::log10(value) : value;
}

double unscaled(Scaling scaling, double value) {
    return scaling == Scaling::logarithmic ? std::pow(10.0, value) : value;
}

Scaling possible_scaling(const ChartAxis& axis, const std::vector<double>& values) {
    const bool positive = std::ranges::all_of(values, [](double value) { return value > 0; }) &&
                          (!axis.range || axis.range->from > 0);
    return positive ? axis.scaling : Scaling::linear;
}

// Room beside the numbers, in what the axis counts in. A linear axis begins at 0 where that is
// near.
Range padded(Range data, Scaling scaling) {
    constexpr double margin = 0.05;
    if (data.from == data.to) {
        if (scaling == Scaling::logarithmic) return {data.from - 0.5, data.to + 0.5};
        const double size = data.to == 0 ? 1 : std::abs(data.to);
        return {std::min(0.0, data.to - size), std::max(0.0, data.to + size)};
    }
    const double room = margin * (data.to - data.from);
    const bool near_zero =
        scaling == Scaling::linear && data.from >= 0 && data.from <= 0.5 * data.to;
    return {near_zero ? 0 : data.from - room, data.to + room};
}

Range range_of(const ChartAxis& axis, Scaling scaling, const std::vector<double>& values) {
    if (values.empty()) return axis.range.value_or(Range{1, 10});
    const auto [least, most] = std::ranges::minmax(values);
    const Range data{scaled(scaling, least), scaled(scaling, most)};
    Range range = padded(data, scaling);
    if (axis.range) {
        const Range asked{scaled(scaling, axis.range->from), scaled(scaling, axis.range->to)};
        range = {data.from < asked.from ? range.from : asked.from,
                 data.to > asked.to ? range.to : asked.to};
    }
    return {unscaled(scaling, range.from), unscaled(scaling, range.to)};
}

// The unit that suits the middle of a logarithmic axis, the end of a linear one.
Scale axis_scale(const ChartAxis& axis, Scaling scaling, const Range& range) {
    const double typical =
        scaling == Scaling::logarithmic ? std::sqrt(range.from) * std::sqrt(range.to) : range.to;
    return scale_for(Measure(typical, axis.dimension));
}

ShownAxis shown_axis(const ChartAxis& axis, const std::vector<double>& values) {
    ShownAxis shown{.scaling = possible_scaling(axis, values)};
    shown.range = range_of(axis, shown.scaling, values);
    shown.scale = axis_scale(axis, shown.scaling, shown.range);
    const std::string unit = unit_of(shown.scale);
    shown.title = unit.empty() ? axis.label : formatted("{}, {}", axis.label, unit);
    return shown;
}

Tick tick_at(const ShownAxis& axis, double value) {
    return {place_of(axis, value), humanize_tick(value / axis.scale.factor)};
}

// It holds its point, and both ends can be drawn.
bool is_span(const ChartPoint& point) {
    return point.span && is_drawable(point.span->from) && is_drawable(point.span->to) &&
           point.span->from <= point.y && point.y <= point.span->to;
}

bool is_inside(const ShownAxis& axis, double value) {
    constexpr double slack = 1e-9;
    const double place = place_of(axis, value);
    return place >= -slack && place <= 1 + slack;
}

std::vector<Tick> even_ticks(const ShownAxis& axis, int most) {
    const double factor = axis.scale.factor;
    const double raw = (axis.range.to - axis.range.from) / factor / std::max(most, 1);
    const double size = std::pow(10.0, std::floor(std::log10(raw)));
    constexpr std::array steps{1.0, 2.0, 5.0, 10.0};
    const double nearly = raw / size * (1 - 1e-9);
    const auto found = std::ranges::find_if(steps, [&](double step) { return step >= nearly; });
    const double step = size * (found == steps.end() ? steps.back() : *found);
    const double first = std::ceil(axis.range.from / factor / step - 1e-9);
    std::vector<Tick> ticks;
    for (int i = 0; i <= most && is_inside(axis, (first + i) * step * factor); ++i)
        ticks.push_back(tick_at(axis, (first + i) * step * factor));
    return ticks;
}

// Powers of ten, every `stride`th, times each of `digits`.
std::vector<Tick> decade_ticks(const ShownAxis& axis, std::initializer_list<double> digits,
                               int stride) {
    std::vector<Tick> ticks;
    const double factor = axis.scale.factor;
    const auto first = static_cast<int>(std::floor(std::log10(axis.range.from / factor)));
    const auto last = static_cast<int>(std::ceil(std::log10(axis.range.to / factor)));
    for (int decade = first; decade <= last; ++decade) {
        if (decade % stride != 0) continue;
        for (const double digit : digits) {
            const double value = digit * std::pow(10.0, decade) * factor;
            if (is_inside(axis, value)) ticks.push_back(tick_at(axis, value));
        }
    }
    return ticks;
}

std::vector<Tick> logarithmic_ticks(const ShownAxis& axis, int most) {
    const auto fits = [&](const std::vector<Tick>& ticks) {
        return static_cast<int>(ticks.size()) <= std::max(most, 2);
    };
    constexpr std::size_t enough = 3;
    std::vector<Tick> ticks = decade_ticks(axis, {1}, 1);
    if (ticks.size() < enough) {
        std::vector<Tick> finer = decade_ticks(axis, {1, 2, 5}, 1);
        if (finer.size() < 2) return even_ticks(axis, most);
        if (fits(finer) || ticks.size() < 2) return finer;
    }
    for (int stride = 2; !fits(ticks) && stride < 400; ++stride)
        ticks = decade_ticks(axis, {1}, stride);
    return ticks;
}

}  // namespace

Frame frame_of(const Chart& chart) {
    std::vector<double> x;
    std::vector<double> y;
    for (const Roof& roof : chart.roofs) {
        x.push_back(roof.ridge());
        y.push_back(roof.ceiling);
    }
    for (const Mark& mark : chart.marks) x.push_back(mark.x);
    for (std::vector<double>* values : {&x, &y})
        std::erase_if(*values, [](double value) { return !is_drawable(value); });
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points)
            if (is_drawn(point)) {
                x.push_back(point.x);
                y.push_back(point.y);
                if (is_span(point)) y.insert(y.end(), {point.span->from, point.span->to});
            }
    return {shown_axis(chart.x, x), shown_axis(chart.y, y)};
}

bool is_inside(const Frame& frame, const ChartLimit& limit) {
    const ShownAxis& axis = limit.axis == AxisName::y ? frame.y : frame.x;
    const bool shown = axis.scaling == Scaling::linear || limit.value > 0;
    return shown && is_inside(axis, limit.value);
}

std::optional<Range> drawn_span(const ShownAxis& y, const ChartPoint& point) {
    const bool shown = is_span(point) && (y.scaling == Scaling::linear || point.span->from > 0);
    return shown ? point.span : std::nullopt;
}

double place_of(const ShownAxis& axis, double value) {
    const double from = scaled(axis.scaling, axis.range.from);
    const double to = scaled(axis.scaling, axis.range.to);
    return (scaled(axis.scaling, value) - from) / (to - from);
}

double value_at(const ShownAxis& axis, double place) {
    const double from = scaled(axis.scaling, axis.range.from);
    const double to = scaled(axis.scaling, axis.range.to);
    return unscaled(axis.scaling, from + place * (to - from));
}

std::vector<Tick> ticks_of(const ShownAxis& axis, int most) {
    return axis.scaling == Scaling::logarithmic ? logarithmic_ticks(axis, most)
                                                : even_ticks(axis, most);
}

bool is_drawn(const ChartPoint& point) { return is_drawable(point.x) && is_drawable(point.y); }

std::string figure_words(const ChartAxis& axis, double value) {
    if (axis.dimension == dimension::none)
        return formatted("{} {}", axis.name, humanize_number(value));
    return humanize(Measure(value, axis.dimension));
}

std::string name_words(const Series& series, const ChartPoint& point) {
    if (point.name.empty() || series.name.empty()) return series.name + point.name;
    return formatted("{} of {}", point.name, series.name);
}

std::string point_words(const Chart& chart, const ChartPoint& point, const std::string& name) {
    std::string words = figure_words(chart.y, point.y);
    if (point.span)
        words += formatted(" ({} to {})", words_of(Measure(point.span->from, chart.y.dimension)),
                           words_of(Measure(point.span->to, chart.y.dimension)));
    return formatted("{}{}{}, {}{}{}", name, name.empty() ? "" : ": ",
                     figure_words(chart.x, point.x), words, point.note.empty() ? "" : ", ",
                     point.note);
}

bool names_alike(const Chart& chart) {
    return std::ranges::all_of(chart.series, [&](const Series& series) {
        return series.name == chart.series[0].name && series.points.size() == 1 &&
               !series.points[0].name.empty();
    });
}

std::string legend_name(const Chart& chart, const Series& series) {
    if (series.points.size() != 1 || series.stroke == Stroke::line) return series.name;
    return names_alike(chart) ? series.points[0].name : name_words(series, series.points[0]);
}

}  // namespace roofline
