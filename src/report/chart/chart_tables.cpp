#include "chart_tables.hpp"

#include "chart_frame.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace roofline {
namespace {

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

// In the unit of the axis, a figure or the least and the most of several.
Cell span_cell(const ShownAxis& axis, const Series& series, double ChartPoint::*value) {
    const double factor = axis.scale.factor;
    if (series.points.empty()) return {};
    const auto [least, most] = std::ranges::minmax(series.points, {}, value);
    if (least.*value == most.*value) return least.*value / factor;
    return formatted("{} … {}", humanize_number(least.*value / factor),
                     humanize_number(most.*value / factor));
}

std::string column_title(const ChartAxis& axis, const ShownAxis& shown) {
    const std::string unit = unit_of(shown.scale);
    return unit.empty() ? upper(axis.name) : unit;
}

Row series_row(const Chart& chart, const Frame& frame, std::size_t index,
               const std::string& marker) {
    const Series& series = chart.series[index];
    const bool single = series.points.size() == 1;
    const bool above = std::ranges::any_of(
        series.points, [&](const ChartPoint& point) { return above_its_roof(chart, point); });
    const std::string note =
        single ? series.points[0].note : formatted("{} points", series.points.size());
    return {Label{marker, role_of(chart, index)}, legend_name(chart, series),
            span_cell(frame.x, series, &ChartPoint::x), span_cell(frame.y, series, &ChartPoint::y),
            above ? Label{"! above its roof", Role::bad} : Label{note}};
}

}  // namespace

std::string marker_of(std::size_t series, Charset charset) {
    constexpr std::array<std::string_view, 5> shapes{"◆", "●", "▲", "■", "★"};
    const bool letters = charset == Charset::ascii;
    if (!letters && series < shapes.size()) return std::string(shapes[series]);
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return {alphabet[(series - (letters ? 0 : shapes.size())) % alphabet.size()]};
}

std::string hollow_of(const std::string& marker) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> shapes{
        {{"◆", "◇"}, {"●", "○"}, {"▲", "△"}, {"■", "□"}, {"★", "☆"}}};
    const auto found = std::ranges::find(shapes, marker, &decltype(shapes)::value_type::first);
    if (found != shapes.end()) return std::string(found->second);
    std::string letter = marker;
    for (char& c : letter) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return letter;
}

Role role_of(const Chart& chart, std::size_t series) {
    const Role own = chart.series[series].role;
    if (own != Role::plain || chart.series.size() == 1) return own;
    constexpr std::array cycle{Role::memory, Role::compute, Role::network, Role::warning};
    return cycle[series % cycle.size()];
}

Table legend_of(const Chart& chart, const Frame& frame, const std::vector<std::string>& markers,
                Charset charset) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < chart.series.size(); ++i)
        rows.push_back(series_row(chart, frame, i, markers[i]));
    const std::string line = charset == Charset::ascii ? "-" : "─";
    for (const Roof& roof : chart.roofs)
        rows.push_back({Label{line, roof.role}, roof.name, roof.ridge() / frame.x.scale.factor,
                        roof.ceiling / frame.y.scale.factor, Label{roof.note}});
    return {.title = "",
            .columns = {{"", "marker"},
                        {"", "name"},
                        {column_title(chart.x, frame.x), chart.x.key},
                        {column_title(chart.y, frame.y), chart.y.key},
                        {"", "note", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

Table points_of(const Chart& chart) {
    std::vector<Row> rows;
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points)
            rows.push_back({series.name, point.name, Measure(point.x, chart.x.dimension),
                            Measure(point.y, chart.y.dimension)});
    return {.title = chart.title,
            .columns = {{"", "series"}, {"", "point"}, {"", chart.x.key}, {"", chart.y.key}},
            .next = rows_of(std::move(rows))};
}

}  // namespace roofline
