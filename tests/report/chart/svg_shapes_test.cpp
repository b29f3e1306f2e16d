#include "report/chart/svg_shapes.hpp"

#include "catch.hpp"

namespace svg_shapes_test {

using namespace roofline;

TEST_CASE("markers: diamond, circle, triangle, square, star and three more, sizes by hand") {
    CHECK(svg_marker(0, 100, 50, 10) == "M100.0 38.0L112.0 50.0L100.0 62.0L88.0 50.0Z");
    CHECK(svg_marker(1, 100, 50, 10) ==
          "M90.0 50.0a10.0 10.0 0 1 0 20.0 0a10.0 10.0 0 1 0 -20.0 0Z");
    CHECK(svg_marker(2, 100, 50, 10) == "M100.0 38.5L111.0 58.5L89.0 58.5Z");
    CHECK(svg_marker(3, 100, 50, 10) == "M91.0 41.0L109.0 41.0L109.0 59.0L91.0 59.0Z");
    // A tip 13 above the place; 13 cos 18° = 12.4 and 13 sin 18° = 4.0; 5.5 cos 54° = 3.2 and
    // 5.5 sin 54° = 4.4; 5.5 cos 18° = 5.2 and 5.5 sin 18° = 1.7; 13 cos 54° = 7.6, sin 54° = 10.5.
    CHECK(svg_marker(4, 100, 50, 10) ==
          "M100.0 37.0L103.2 45.6L112.4 46.0L105.2 51.7L107.6 60.5L100.0 55.5L92.4 60.5L94.8 51.7"
          "L87.6 46.0L96.8 45.6Z");
    CHECK(svg_marker(5, 100, 50, 10) == "M100.0 61.5L89.0 41.5L111.0 41.5Z");
    for (std::size_t i = 1; i < 8; ++i)
        for (std::size_t other = 0; other < i; ++other)
            CHECK(svg_marker(i, 100, 50, 10) != svg_marker(other, 100, 50, 10));
    CHECK(svg_marker(8, 100, 50, 10) == svg_marker(0, 100, 50, 10));
}

TEST_CASE("text has a place, a class and an anchor, and is escaped") {
    CHECK(svg_text(1.26, 20, "a < b", "dim small") ==
          "<text x=\"1.3\" y=\"20.0\" class=\"dim small\">a &lt; b</text>\n");
    CHECK(svg_text(1, 2, "t", "title", Anchor::middle) ==
          "<text x=\"1.0\" y=\"2.0\" class=\"title\" text-anchor=\"middle\">t</text>\n");
    CHECK(svg_text(1, 2, "t", "title", Anchor::end) ==
          "<text x=\"1.0\" y=\"2.0\" class=\"title\" text-anchor=\"end\">t</text>\n");
}

TEST_CASE("a line has two ends, a class and what else is given") {
    CHECK(svg_line({1, 2, 3, 4.5}, "grid") ==
          "<line x1=\"1.0\" y1=\"2.0\" x2=\"3.0\" y2=\"4.5\" class=\"grid\"/>\n");
    CHECK(svg_line({1, 2, 3, 4}, "line blue", svg_dashes(1)) ==
          "<line x1=\"1.0\" y1=\"2.0\" x2=\"3.0\" y2=\"4.0\" class=\"line blue\" "
          "stroke-dasharray=\"7 4\"/>\n");
}

TEST_CASE("the first line is solid, three patterns follow, then they come again") {
    CHECK(svg_dashes(0) == "");
    CHECK(svg_dashes(2) == " stroke-dasharray=\"2 3\"");
    CHECK(svg_dashes(3) == " stroke-dasharray=\"10 3 2 3\"");
    CHECK(svg_dashes(4) == "");
}

TEST_CASE("series are blue, orange and grey by turns, or as their roles say") {
    Chart chart;
    chart.series.resize(4);
    CHECK(svg_colour(chart, 0) == "blue");
    CHECK(svg_colour(chart, 1) == "orange");
    CHECK(svg_colour(chart, 2) == "grey");
    CHECK(svg_colour(chart, 3) == "blue");
    chart.series[0].role = Role::compute;
    chart.series[1].role = Role::network;
    chart.series[2].role = Role::memory;
    chart.series[3].role = Role::strong;
    CHECK(svg_colour(chart, 0) == "orange");
    CHECK(svg_colour(chart, 1) == "grey");
    CHECK(svg_colour(chart, 2) == "blue");
    CHECK(svg_colour(chart, 3) == "ink");
}

TEST_CASE("every colour and text of the style sheet has a light and a dark one") {
    const std::string_view style = svg_style();
    const std::size_t dark = style.find("@media (prefers-color-scheme:dark){");
    REQUIRE(dark != std::string_view::npos);
    for (const std::string_view name :
         {".roofline text{fill:", ".dim{fill:", ".paper{fill:", ".axis{stroke:", ".grid{stroke:",
          ".mark{stroke:", ".dot,.roofline .label{stroke:", ".blue{fill:", ".orange{fill:",
          ".grey{fill:", ".ink{fill:", ".limited{fill:"}) {
        INFO(name);
        CHECK(style.find(name) < dark);
        CHECK(style.find(name, dark) != std::string_view::npos);
    }
}

}  // namespace svg_shapes_test
