#include "report/chart/chart_terminal.hpp"

#include "catch.hpp"

namespace chart_terminal_test {

using namespace roofline;

namespace {

/// Batches of 0 to 10 and times of 0 to 20 ms, a line and two points.
Chart small() {
    return {.x = {.name = "batch", .key = "batch", .label = "sequences", .range = Range{0, 10}},
            .y = {.name = "tpot",
                  .key = "tpot_s",
                  .label = "time",
                  .dimension = dimension::second,
                  .range = Range{0, 0.02}},
            .series = {{.name = "line",
                        .stroke = Stroke::line,
                        .points = {{.x = 0, .y = 0}, {.x = 10, .y = 0.02}}},
                       {.name = "a", .points = {{.x = 5, .y = 0.005}}},
                       {.name = "b", .points = {{.x = 2, .y = 0.015}}}}};
}

/// Logarithmic on both axes, a roof that turns at 10.
Chart roofed() {
    const auto axis = [](std::string name) {
        return ChartAxis{.name = name,
                         .key = name,
                         .label = name,
                         .scaling = Scaling::logarithmic,
                         .range = Range{1, 100}};
    };
    return {.x = axis("x"),
            .y = axis("y"),
            .roofs = {{.name = "roof", .slope = 1, .ceiling = 10},
                      {.name = "lower", .slope = 0.5, .ceiling = 5, .role = Role::dim}},
            .marks = {{"ridge", 10}}};
}

std::string drawn(const Chart& chart, const Page& page) {
    std::string text;
    for (const DrawnLine& line : drawing_of(chart, page).lines) {
        for (const Span& span : line) text += span.text;
        text += '\n';
    }
    return text;
}

/// The text of all spans of a role.
std::string text_in(const Chart& chart, Role role) {
    std::string text;
    for (const DrawnLine& line : drawing_of(chart, {.width = 40}).lines)
        for (const Span& span : line)
            if (span.role == role) text += span.text;
    return text;
}

}  // namespace

TEST_CASE("a line, points, ticks and titles on a page of 40 columns") {
    CHECK(drawn(small(), {.width = 40}) == R"( time, ms
 20 ┤                               ⢀⡠⠔◆
    │                            ⣀⠤⠒⠁
    │       ▲                ⢀⡠⠔⠉
    │                     ⣀⠤⠊⠁
    │                 ⢀⡠⠔⠉
 10 ┤              ⣀⠔⠊⠁
    │          ⢀⡠⠒⠉
    │       ⣀⠔⠊⠁      ●
    │   ⢀⠤⠒⠉
  0 ┤◆⠔⠊⠁
    └┬────────────────┬────────────────┬
     0                5               10
                               sequences
)");
}

TEST_CASE("the same in ASCII") {
    CHECK(drawn(small(), {.width = 40, .charset = Charset::ascii}) == R"( time, ms
 20 +                               ..-A
    |                            ..-'
    |       C                ..-'
    |                     ..-'
    |                 ..-'
 10 +              .--'
    |          ..-'
    |       .--'      B
    |   ..-'
  0 +A--'
    ++----------------+----------------+
     0                5               10
                               sequences
)");
}

TEST_CASE("roofs turn at their ridge, which is marked on the axis") {
    CHECK(drawn(roofed(), {.width = 48}) == R"( y
 100 ┤
     │
     │
     │
     │
     │
  10 ┤                 ⢀⣠⠖⠋⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
     │              ⣀⡴⠚⠉  ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
     │          ⢀⣠⠖⠋⠁ ⢀⣠⠴⠚⠁
     │       ⣀⡴⠚⠉  ⣀⡤⠖⠋
     │   ⢀⡤⠖⠋⠁ ⢀⣠⠴⠋⠁
   1 ┤⣠⠴⠚⠉  ⣀⡤⠞⠉
     └┬────────────────────┴───────────────────┬
      1                   10                 100
                                               x
)");
}

TEST_CASE("slopes of roofs are of memory, ceilings of compute, marks stand out") {
    CHECK(text_in(roofed(), Role::memory).find("⠉⠉") == std::string::npos);
    CHECK(text_in(roofed(), Role::memory).find("⠋") != std::string::npos);
    CHECK(text_in(roofed(), Role::compute).find("⠉⠉⠉") != std::string::npos);
    CHECK(text_in(roofed(), Role::dim).find("⠒⠒⠒") != std::string::npos);
    CHECK(text_in(roofed(), Role::compute).find("⠒") == std::string::npos);
    CHECK(text_in(roofed(), Role::strong) == "┴10");
    CHECK(text_in(roofed(), Role::bad).empty());
}

TEST_CASE("a point above its roof is an exclamation mark") {
    Chart chart = roofed();
    chart.series = {{.name = "fast", .points = {{.x = 3, .y = 50, .roof = 0}}}};
    CHECK(text_in(chart, Role::bad) == "!");
    chart.series[0].points[0].y = 3;
    CHECK(text_in(chart, Role::bad).empty());
}

TEST_CASE("a plot has at most 100 columns and 20 rows, a page under 40 none at all") {
    const Drawing wide = drawing_of(small(), {.width = 300});
    CHECK(wide.lines.size() == 1 + 20 + 2 + 1);
    CHECK(drawing_of(small(), {.width = 40}).lines.size() == 1 + 10 + 2 + 1);
    CHECK(drawing_of(small(), {.width = 39}).lines.empty());
    CHECK(drawing_of(small(), {.width = 39}).legend.columns.size() == 5);
}

}  // namespace chart_terminal_test
