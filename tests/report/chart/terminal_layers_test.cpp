#include "report/chart/terminal_layers.hpp"

#include "catch.hpp"
#include "report/chart/chart_terminal.hpp"

namespace terminal_layers_test {

using namespace roofline;

namespace {

/// 0 to 10 across and 0 to 20 ms up, a flat line of 10 ms with a band of 5 to 15.
Chart banded() {
    return {.x = {.name = "batch", .key = "batch", .label = "sequences", .range = Range{0, 10}},
            .y = {.name = "tpot",
                  .key = "tpot_s",
                  .label = "time",
                  .dimension = dimension::second,
                  .range = Range{0, 0.02}},
            .series = {{.name = "line",
                        .stroke = Stroke::line,
                        .points = {{.x = 0, .y = 0.01, .span = Range{0.005, 0.015}},
                                   {.x = 8, .y = 0.01, .span = Range{0.005, 0.015}}},
                        .label = "ends"}}};
}

std::string drawn(const Chart& chart, Charset charset = Charset::unicode) {
    std::string text;
    for (const DrawnLine& line : drawing_of(chart, {.width = 40, .charset = charset}).lines) {
        for (const Span& span : line) text += span.text;
        text += '\n';
    }
    return text;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a band is a dot for each cell between its ends, a name stands at the line's end") {
    CHECK(drawn(banded()) == R"( time, ms
 20 ┤
    │
    │
    │⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁
    │⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁
 10 ┤◆⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉◆ ends
    │⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁
    │⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁
    │
  0 ┤
    └┬────────────────┬────────────────┬
     0                5               10
                               sequences
)");
}

TEST_CASE("a single point has a bar") {
    Chart chart = banded();
    chart.series[0].points.resize(1);
    chart.series[0].points[0].x = 5;
    chart.series[0].label.clear();
    const std::string text = drawn(chart);
    CHECK(holds(text, "│                 ⢸\n"));
    CHECK_FALSE(holds(text, "⠁⠁"));
    CHECK(holds(drawn(banded(), Charset::ascii), "  |............................\n"));
}

TEST_CASE("limits are dashes with their words where the axis has them") {
    Chart chart = banded();
    chart.limits = {{.name = "tpot < 2.00 ms", .value = 0.002},
                    {.name = "batch < 9", .axis = AxisName::x, .value = 9},
                    {.name = "tpot < 90.0 ms", .value = 0.09}};
    const std::string text = drawn(chart);
    CHECK(holds(text, "  │╌tpot < 2.00 ms╌╌╌"));
    CHECK(holds(text, "batch < 9┆"));
    CHECK_FALSE(holds(text, "90.0"));
    const std::string ascii = drawn(chart, Charset::ascii);
    CHECK(holds(ascii, "  |=tpot < 2.00 ms==="));
    CHECK(holds(ascii, "batch < 9:"));
    for (const char c : ascii) CHECK(static_cast<unsigned char>(c) < 128);
}

TEST_CASE("hollow points have the outline of their marker, in ASCII its small letter") {
    Chart chart = banded();
    chart.series[0].points[1].hollow = true;
    CHECK(holds(drawn(chart), "◇ ends"));
    CHECK(holds(drawn(chart, Charset::ascii), "a ends"));
}

}  // namespace terminal_layers_test
