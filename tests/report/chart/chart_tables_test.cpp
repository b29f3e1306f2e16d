#include "report/chart/chart_tables.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace chart_tables_test {

using namespace roofline;

namespace {

/// Milliseconds over batches, two series of them and a roof that 0.1 s a batch of 10 meets.
Chart times() {
    return {.title = "times",
            .x = {.name = "batch", .key = "batch", .label = "batch"},
            .y = {.name = "tpot", .key = "tpot_s", .label = "tpot", .dimension = dimension::second},
            .roofs = {{.name = "roof", .slope = 0.01, .ceiling = 0.1, .note = "a limit"}},
            .series = {{.name = "decode",
                        .points = {{.x = 1, .y = 0.004, .name = "p", .note = "memory-bound"}}},
                       {.name = "line",
                        .stroke = Stroke::line,
                        .points = {{.x = 4, .y = 0.02}, {.x = 2, .y = 0.01}}}}};
}

std::string legend(const Chart& chart, Charset charset = Charset::unicode) {
    return text_of_block(legend_of(chart, frame_of(chart), {"◆", "●"}, charset));
}

}  // namespace

TEST_CASE("a legend has a row per series and roof, in the units of the axes") {
    CHECK(legend(times()) == R"(

                 BATCH       ms
 ◆  p of decode      1        4  memory-bound
 ●  line         2 … 4  10 … 20  2 points
 ─  roof            10      100  a limit
)");
    CHECK(legend(times(), Charset::ascii).find("\n -  roof ") != std::string::npos);
}

TEST_CASE("a legend says of a point above its roof that it is") {
    Chart chart = times();
    chart.series[0].points[0].roof = 0;
    CHECK(legend(chart).find("above") == std::string::npos);
    chart.series[0].points[0].y = 0.011;
    CHECK(legend(chart).find("! above its roof\n") != std::string::npos);
}

TEST_CASE("a series without points has no figures") {
    Chart chart = times();
    chart.series[1].points.clear();
    CHECK(legend(chart).find(" ●  line             –    –  0 points\n") != std::string::npos);
}

TEST_CASE("points in base units, one a row") {
    Report report;
    report.blocks.emplace_back(points_of(times()));
    CHECK(text_of(report, "csv") ==
          "series,point,batch,tpot_s\n"
          "decode,p,1,0.004\nline,,4,0.02\nline,,2,0.01\n");
    CHECK(points_of(times()).title == "times");
}

TEST_CASE("markers are five shapes and then letters, in ASCII letters from the start") {
    CHECK(marker_of(0, Charset::unicode) == "◆");
    CHECK(marker_of(1, Charset::unicode) == "●");
    CHECK(marker_of(2, Charset::unicode) == "▲");
    CHECK(marker_of(3, Charset::unicode) == "■");
    CHECK(marker_of(4, Charset::unicode) == "★");
    CHECK(marker_of(5, Charset::unicode) == "A");
    CHECK(marker_of(0, Charset::ascii) == "A");
    CHECK(marker_of(26, Charset::ascii) == "a");
    CHECK(marker_of(51, Charset::ascii) == "z");
    CHECK(marker_of(52, Charset::ascii) == "A");
}

TEST_CASE("a series has its own colour, else one of four by turns, alone none") {
    Chart chart;
    chart.series.resize(5);
    chart.series[1].role = Role::good;
    CHECK(role_of(chart, 0) == Role::memory);
    CHECK(role_of(chart, 1) == Role::good);
    CHECK(role_of(chart, 2) == Role::network);
    CHECK(role_of(chart, 3) == Role::warning);
    CHECK(role_of(chart, 4) == Role::memory);
    chart.series.resize(1);
    CHECK(role_of(chart, 0) == Role::plain);
}

}  // namespace chart_tables_test
