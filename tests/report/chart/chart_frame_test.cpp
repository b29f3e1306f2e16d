#include "report/chart/chart_frame.hpp"

#include "catch.hpp"

#include <limits>

namespace chart_frame_test {

using namespace roofline;

namespace {

ShownAxis linear(double from, double to, double factor = 1) {
    return {.range = {from, to}, .scale = {"", "", factor}};
}
ShownAxis logarithmic(double from, double to) {
    return {.scaling = Scaling::logarithmic, .range = {from, to}};
}

std::string texts(const std::vector<Tick>& ticks) {
    std::string text;
    for (const Tick& tick : ticks) text += (text.empty() ? "" : " ") + tick.text;
    return text;
}

Chart with_points(std::vector<ChartPoint> points, Scaling scaling = Scaling::linear) {
    return {.x = {.name = "x", .label = "x", .scaling = scaling},
            .y = {.name = "tpot", .label = "time", .dimension = dimension::second},
            .series = {{.name = "s", .points = std::move(points)}}};
}

}  // namespace

TEST_CASE("a linear axis begins at 0 where that is near, and has room of a twentieth") {
    const Range near = frame_of(with_points({{.x = 10}, {.x = 20}})).x.range;
    CHECK(near.from == 0);
    CHECK(near.to == 20.5);
    const Range far = frame_of(with_points({{.x = 11}, {.x = 21}})).x.range;
    CHECK(far.from == 10.5);
    CHECK(far.to == 21.5);
    const Range one = frame_of(with_points({{.x = 4}})).x.range;
    CHECK(one.from == 0);
    CHECK(one.to == 8);
}

TEST_CASE(
    "a logarithmic axis has room of a twentieth of its decades, half a decade for one point") {
    const Range two = frame_of(with_points({{.x = 1}, {.x = 100}}, Scaling::logarithmic)).x.range;
    CHECK_THAT(two.from, WithinRel(0.794328, 1e-5));  // 10^-0.1
    CHECK_THAT(two.to, WithinRel(125.8925, 1e-5));    // 10^2.1
    const Range one = frame_of(with_points({{.x = 10}}, Scaling::logarithmic)).x.range;
    CHECK_THAT(one.from, WithinRel(3.162278, 1e-5));
    CHECK_THAT(one.to, WithinRel(31.62278, 1e-5));
}

TEST_CASE("an axis with a number that is not above 0 is linear") {
    CHECK(frame_of(with_points({{.x = 0}, {.x = 100}}, Scaling::logarithmic)).x.scaling ==
          Scaling::linear);
    CHECK(frame_of(with_points({{.x = 1}, {.x = 100}}, Scaling::logarithmic)).x.scaling ==
          Scaling::logarithmic);
}

TEST_CASE("a range that was asked for holds where the numbers are inside it") {
    Chart chart = with_points({{.x = 10}, {.x = 20}});
    chart.x.range = Range{5, 15};
    const Range range = frame_of(chart).x.range;
    CHECK(range.from == 5);
    CHECK(range.to == 20.5);
    chart.series.clear();
    CHECK(frame_of(chart).x.range.to == 15);
    chart.x.range.reset();
    CHECK(frame_of(chart).x.range.to == 10);
}

TEST_CASE("ridges, ceilings and marks are inside the frame, numbers that are none do not count") {
    const double infinite = std::numeric_limits<double>::infinity();
    Chart chart = with_points({{.x = 1, .y = 2}, {.x = infinite, .y = 50}});
    chart.roofs = {{.slope = 2, .ceiling = 80}};
    CHECK_THAT(frame_of(chart).x.range.to, WithinRel(41.95, 1e-12));  // 40 + 39 / 20
    CHECK_THAT(frame_of(chart).y.range.to, WithinRel(83.9, 1e-12));   // 80 + 78 / 20
    chart.marks = {{"mark", 101}};
    CHECK_THAT(frame_of(chart).x.range.to, WithinRel(106.0, 1e-12));
    CHECK_FALSE(is_drawn(chart.series[0].points[1]));
    CHECK(is_drawn(chart.series[0].points[0]));
}

TEST_CASE("an axis is named with the unit of its numbers") {
    const Frame frame = frame_of(with_points({{.x = 1, .y = 0.004}, {.x = 2, .y = 0.02}}));
    CHECK(frame.x.title == "x");
    CHECK(frame.y.title == "time, ms");
    CHECK(frame.y.scale.factor == 1e-3);
}

TEST_CASE("places on axes, and values at places") {
    CHECK(place_of(linear(10, 30), 15) == 0.25);
    CHECK(value_at(linear(10, 30), 0.25) == 15);
    CHECK_THAT(place_of(logarithmic(1, 10000), 100), WithinRel(0.5, 1e-12));
    CHECK_THAT(value_at(logarithmic(1, 10000), 0.75), WithinRel(1000.0, 1e-12));
}

TEST_CASE("ticks of a linear axis are steps of 1, 2 or 5 in its unit") {
    CHECK(texts(ticks_of(linear(0, 20), 5)) == "0 5 10 15 20");
    CHECK(texts(ticks_of(linear(0, 10), 5)) == "0 2 4 6 8 10");
    CHECK(texts(ticks_of(linear(3, 7), 4)) == "3 4 5 6 7");
    CHECK(texts(ticks_of(linear(0, 0.02, 1e-3), 4)) == "0 5 10 15 20");
    CHECK(ticks_of(linear(0, 20), 5)[1].place == 0.25);
}

TEST_CASE("ticks of a logarithmic axis are powers of ten, fewer where there are many") {
    CHECK(texts(ticks_of(logarithmic(1, 1000), 8)) == "1 10 100 1k");
    CHECK(texts(ticks_of(logarithmic(1, 1e8), 5)) == "1 100 10k 1M 100M");
    CHECK(texts(ticks_of(logarithmic(1, 20), 8)) == "1 2 5 10 20");
    CHECK(texts(ticks_of(logarithmic(11, 19), 8)) == "11 12 13 14 15 16 17 18 19");
}

TEST_CASE("points and series in words") {
    Chart chart = with_points({{.x = 32, .y = 0.025, .name = "p", .note = "memory-bound"}});
    const Series& series = chart.series[0];
    CHECK(figure_words(chart.x, 1024) == "x 1,024");
    CHECK(figure_words(chart.y, 0.025) == "25.0 ms");
    CHECK(name_words(series, series.points[0]) == "p of s");
    CHECK(name_words(series, {}) == "s");
    CHECK(point_words(chart, series.points[0], "decode") == "decode: x 32, 25.0 ms, memory-bound");
    CHECK(point_words(chart, {.x = 1, .y = 1}, "") == "x 1, 1.00 s");
}

TEST_CASE("a legend names one point with its series, unless all series have one name") {
    Chart chart = with_points({{.x = 1, .y = 1, .name = "p"}});
    CHECK(legend_name(chart, chart.series[0]) == "p");
    chart.series.push_back({.name = "t", .points = {{.x = 1, .y = 1, .name = "q"}}});
    CHECK(legend_name(chart, chart.series[1]) == "q of t");
    chart.series[1].stroke = Stroke::line;
    CHECK(legend_name(chart, chart.series[1]) == "t");
    chart.series[1] = {.name = "t", .points = {{}, {}}};
    CHECK(legend_name(chart, chart.series[1]) == "t");
}

TEST_CASE(
    "every number there is makes an axis with few ticks, and what no axis can show is no point") {
    const std::array edges{5e-324, 1e-308, 1e-200, 1e-30, 1.0, 1e30, 1e200, 1e308};
    for (const Scaling scaling : {Scaling::linear, Scaling::logarithmic})
        for (const double x : edges)
            for (const double y : edges) {
                const Chart chart = with_points({{.x = x, .y = y}, {.x = y, .y = x}}, scaling);
                const Frame frame = frame_of(chart);
                for (const ShownAxis& axis : {frame.x, frame.y}) {
                    CHECK(std::isfinite(axis.range.from));
                    CHECK(std::isfinite(axis.range.to));
                    CHECK(axis.range.from < axis.range.to);
                    CHECK(ticks_of(axis, 8).size() <= 12);
                }
            }
    CHECK_FALSE(is_drawn({.x = 5e-324, .y = 1}));
    CHECK_FALSE(is_drawn({.x = 1, .y = 1e308}));
    CHECK(is_drawn({.x = 0, .y = -1e30}));
}

}  // namespace chart_frame_test
