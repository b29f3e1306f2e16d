#include "report/chart/svg_picture.hpp"

#include "catch.hpp"

namespace svg_picture_test {

using namespace roofline;

namespace {

/// Numbers of 0 to 10 across and 0 to 20 ms up.
Chart small(std::vector<Series> series) {
    return {.title = "a & b",
            .x = {.name = "batch", .key = "batch", .label = "sequences", .range = Range{0, 10}},
            .y = {.name = "tpot",
                  .key = "tpot_s",
                  .label = "time",
                  .dimension = dimension::second,
                  .range = Range{0, 0.02}},
            .series = std::move(series)};
}

Series one_point(std::string name, double x, double y) {
    return {.name = std::move(name), .points = {{.x = x, .y = y, .note = "memory-bound"}}};
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("a picture of one point: titles, grid, axes, marker, legend") {
    CHECK(picture_of(small({one_point("s", 5, 0.01)})).body ==
          R"(<text x="12.0" y="18.0" class="title">a &amp; b</text>
<text x="12.0" y="39.0" class="dim small">time, ms</text>
<line x1="36.6" y1="352.0" x2="542.0" y2="352.0" class="grid"/>
<text x="28.6" y="357.0" class="dim small" text-anchor="end">0</text>
<line x1="36.6" y1="277.0" x2="542.0" y2="277.0" class="grid"/>
<text x="28.6" y="282.0" class="dim small" text-anchor="end">5</text>
<line x1="36.6" y1="202.0" x2="542.0" y2="202.0" class="grid"/>
<text x="28.6" y="207.0" class="dim small" text-anchor="end">10</text>
<line x1="36.6" y1="127.0" x2="542.0" y2="127.0" class="grid"/>
<text x="28.6" y="132.0" class="dim small" text-anchor="end">15</text>
<line x1="36.6" y1="52.0" x2="542.0" y2="52.0" class="grid"/>
<text x="28.6" y="57.0" class="dim small" text-anchor="end">20</text>
<line x1="36.6" y1="52.0" x2="36.6" y2="352.0" class="grid"/>
<text x="36.6" y="371.0" class="dim small" text-anchor="middle">0</text>
<line x1="137.7" y1="52.0" x2="137.7" y2="352.0" class="grid"/>
<text x="137.7" y="371.0" class="dim small" text-anchor="middle">2</text>
<line x1="238.8" y1="52.0" x2="238.8" y2="352.0" class="grid"/>
<text x="238.8" y="371.0" class="dim small" text-anchor="middle">4</text>
<line x1="339.8" y1="52.0" x2="339.8" y2="352.0" class="grid"/>
<text x="339.8" y="371.0" class="dim small" text-anchor="middle">6</text>
<line x1="440.9" y1="52.0" x2="440.9" y2="352.0" class="grid"/>
<text x="440.9" y="371.0" class="dim small" text-anchor="middle">8</text>
<line x1="542.0" y1="52.0" x2="542.0" y2="352.0" class="grid"/>
<text x="542.0" y="371.0" class="dim small" text-anchor="middle">10</text>
<line x1="36.6" y1="52.0" x2="36.6" y2="352.0" class="axis"/>
<line x1="36.6" y1="352.0" x2="542.0" y2="352.0" class="axis"/>
<text x="542.0" y="392.0" class="dim small" text-anchor="end">sequences</text>
<path d="M289.3 194.8L296.5 202.0L289.3 209.2L282.1 202.0Z" class="point dot blue"><title>s: batch 5, 10.0 ms, memory-bound</title></path>
<path d="M24.0 410.8L31.2 418.0L24.0 425.2L16.8 418.0Z" class="dot blue"/>
<text x="44.0" y="423.0" class="small">s: batch 5, 10.0 ms, memory-bound</text>
)");
}

TEST_CASE("a series of a line has one, its points have titles, the legend counts them") {
    const std::string body =
        picture_of(small({{.name = "s",
                           .stroke = Stroke::line,
                           .points = {{.x = 0, .y = 0.02, .name = "p"}, {.x = 10, .y = 0}}}}))
            .body;
    CHECK(body.find("<polyline points=\"36.6,52.0 542.0,352.0\" class=\"line blue\"/>\n") !=
          std::string::npos);
    CHECK(count(body, "class=\"point dot blue\"") == 2);
    CHECK(body.find("<title>p of s: batch 0, 20.0 ms</title>") != std::string::npos);
    CHECK(body.find("<line x1=\"12.0\" y1=\"418.0\" x2=\"36.0\" y2=\"418.0\" "
                    "class=\"line blue\"/>\n") != std::string::npos);
    CHECK(body.find(">s (2 points)</text>") != std::string::npos);
}

TEST_CASE("more lines than colours are dashed, a line of no points is none") {
    std::vector<Series> series(4, {.name = "s", .stroke = Stroke::line, .points = {{}, {}}});
    const std::string body = picture_of(small(series)).body;
    CHECK(count(body, "class=\"line blue\"/>") == 2);
    CHECK(count(body, "class=\"line blue\" stroke-dasharray=\"7 4\"/>") == 2);
    CHECK(count(body, "class=\"line orange\"/>") == 2);
    series.resize(1);
    series[0].points.clear();
    CHECK(count(picture_of(small(series)).body, "<polyline") == 0);
}

TEST_CASE("a point above its roof is an exclamation mark that says so") {
    Chart chart = small({one_point("s", 5, 0.01)});
    chart.roofs = {{.name = "roof", .slope = 0.0005, .ceiling = 0.005, .note = "a limit"}};
    chart.series[0].points[0].roof = 0;
    CHECK(picture_of(chart).body.find(
              "<text x=\"289.3\" y=\"207.0\" class=\"point above\" text-anchor=\"middle\">!"
              "<title>s: batch 5, 10.0 ms, memory-bound, above its roof</title></text>\n") !=
          std::string::npos);
}

TEST_CASE("roofs are blue slopes and orange ceilings, dim ones grey and dashed under them") {
    Chart chart = small({one_point("s", 5, 0.001)});
    chart.roofs = {{.name = "roof", .slope = 0.002, .ceiling = 0.01, .note = "a limit"},
                   {.name = "low", .slope = 0.001, .ceiling = 0.005, .role = Role::dim}};
    const std::string body = picture_of(chart).body;
    // Up to 5 of 10 across and 10 of 20 ms up: the middle of 505.4 x 300.
    CHECK(body.find(R"(<line x1="36.6" y1="352.0" x2="289.3" y2="202.0" class="line blue"/>
<line x1="289.3" y1="202.0" x2="542.0" y2="202.0" class="line orange"/>
)") != std::string::npos);
    CHECK(body.find(R"(x2="289.3" y2="277.0" class="line grey" stroke-dasharray="7 4"/>)") <
          body.find(R"(class="line blue"/>)"));
    CHECK(body.find(
              R"(y1="277.0" x2="542.0" y2="277.0" class="line grey" stroke-dasharray="7 4"/>)") !=
          std::string::npos);
    CHECK(body.find(">roof: 10.0 ms, a limit, ridge 5.00</text>") != std::string::npos);
    CHECK(count(body, "class=\"line orange\"/>") == 2);
}

TEST_CASE("marks stand over the plot, in two rows where they are close, the third without name") {
    Chart chart = small({one_point("s", 5, 0.01)});
    chart.marks = {{"one", 5}, {"two", 5.1}, {"three", 5.2}, {"four", 9}};
    const std::string body = picture_of(chart).body;
    CHECK(count(body, "class=\"mark\" stroke-dasharray=\"3 4\"/>") == 4);
    // Two rows of 17 make room: the plot begins at 86.
    CHECK(
        body.find("<text x=\"289.3\" y=\"79.0\" class=\"small\" text-anchor=\"middle\">one 5</") !=
        std::string::npos);
    CHECK(body.find("y=\"62.0\" class=\"small\" text-anchor=\"middle\">two 5.1</") !=
          std::string::npos);
    CHECK(body.find("three") == std::string::npos);
    CHECK(body.find("y=\"79.0\" class=\"small\" text-anchor=\"middle\">four 9</") !=
          std::string::npos);
}

TEST_CASE("a footnote ends the picture and makes it taller by a line of 21") {
    Chart chart = small({one_point("s", 5, 0.01)});
    CHECK(picture_of(chart).height == 444);
    chart.footnote = "what it rests on";
    const Picture picture = picture_of(chart);
    CHECK(picture.height == 465);
    CHECK(picture.body.ends_with(
        "<text x=\"12.0\" y=\"444.0\" class=\"dim small\">what it rests on</text>\n"));
}

}  // namespace svg_picture_test
