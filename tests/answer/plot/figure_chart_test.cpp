#include "answer/plot/figure_chart.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "text/formatted.hpp"

namespace figure_chart_test {

using namespace roofline;

namespace {

// hw, batch and context, then a time per token, a throughput and a column of no metric.
FigureRows sweep() {
    return {.name = "sweep.csv",
            .columns = {"hw", "batch", "context", "tpot_s", "tokens_per_s", "note_bytes"},
            .rows = {{2, {"h100", "8", "1024", "0.02", "400", "5"}},
                     {3, {"h100", "2", "1024", "0.01", "200", "6"}},
                     {4, {"h100", "64", "1024", "", "", ""}},
                     {5, {"b200", "2", "4096", "0.005", "400", "7"}}}};
}
constexpr std::size_t hw = 0, batch = 1, context = 2, tpot = 3, throughput = 4, note = 5;

FigureRows numbered(int count) {
    FigureRows rows{.name = "n", .columns = {"hw", "batch", "tpot_s"}, .rows = {}};
    for (int i = 1; i <= count; ++i)
        rows.rows.push_back({i, {"n" + std::to_string(i), std::to_string(i), "1"}});
    return rows;
}

// "h100 batch=2(200, 0.01) batch=8(400, 0.02)".
std::string points_of(const Series& series) {
    std::string text = series.name;
    for (const ChartPoint& point : series.points)
        text += formatted(" {}({}, {})", point.name, point.x, point.y);
    return text;
}

}  // namespace

TEST_CASE("over an input every other input that varies is a group, over a figure only names are") {
    CHECK(usual_groups(sweep(), batch, tpot) == std::vector<std::size_t>{hw, context});
    CHECK(usual_groups(sweep(), context, batch) == std::vector<std::size_t>{hw});
    CHECK(usual_groups(sweep(), throughput, tpot) == std::vector<std::size_t>{hw});
}

TEST_CASE("axes: a metric by its id, a field by its name, more than a decade is logarithmic") {
    const Chart chart = figure_chart(sweep(), {.x = batch, .y = tpot, .groups = {hw}}).chart;
    CHECK(chart.title == "Time per token against batch");
    CHECK(chart.x.name == "batch");
    CHECK(chart.x.key == "batch");
    CHECK(chart.x.label == "batch: sequences in a decode step, per replica");
    CHECK(chart.x.dimension == dimension::none);
    CHECK(chart.x.scaling == Scaling::linear);
    CHECK(chart.y.name == "tpot");
    CHECK(chart.y.key == "tpot_s");
    CHECK(chart.y.label == "tpot: time per output token");
    CHECK(chart.y.dimension == dimension::second);
    const ChartAxis own = figure_chart(sweep(), {.x = note, .y = tpot, .groups = {hw}}).chart.x;
    CHECK(own.name == "note_bytes");
    CHECK(own.label == "note_bytes");
    CHECK(own.dimension == dimension::byte);
}

TEST_CASE("1 to 10 is a decade and linear, 1 to 11 is more, and 0 has no logarithm") {
    const auto scaling = [](FigureRows rows) {
        return figure_chart(rows, {.x = 1, .y = 2, .groups = {}}).chart.x.scaling;
    };
    CHECK(scaling(numbered(10)) == Scaling::linear);
    CHECK(scaling(numbered(11)) == Scaling::logarithmic);
    FigureRows with_zero = numbered(11);
    with_zero.rows[0].cells[1] = "0";
    CHECK(scaling(with_zero) == Scaling::linear);
}

TEST_CASE("a series of one group is a line by x; rows without a figure are left out") {
    const FigureChart figures =
        figure_chart(sweep(), {.x = batch, .y = tpot, .groups = {hw, context}});
    const Chart& chart = figures.chart;
    CHECK(figures.left_out == 1);
    REQUIRE(chart.series.size() == 2);
    CHECK(chart.series[0].stroke == Stroke::line);
    CHECK(points_of(chart.series[0]) == "h100 context=1024 (2, 0.01) (8, 0.02)");
    CHECK(points_of(chart.series[1]) == "b200 context=4096 (2, 0.005)");
}

TEST_CASE("figures against each other are a line along the one number that varies, else points") {
    FigureRows rows = sweep();
    for (FigureRow& row : rows.rows) row.cells[context] = "1024";
    const Chart curve = figure_chart(rows, {.x = throughput, .y = tpot, .groups = {hw}}).chart;
    CHECK(curve.title == "Time per token against throughput");
    CHECK(curve.series[0].stroke == Stroke::line);
    CHECK(points_of(curve.series[0]) == "h100 batch=2(200, 0.01) batch=8(400, 0.02)");
    const Chart cloud = figure_chart(sweep(), {.x = throughput, .y = tpot, .groups = {hw}}).chart;
    CHECK(cloud.series[0].stroke == Stroke::points);
    CHECK(points_of(cloud.series[0]) ==
          "h100 batch=8 context=1024(400, 0.02) batch=2 context=1024(200, 0.01)");
    const Chart all = figure_chart(sweep(), {.x = throughput, .y = tpot, .groups = {}}).chart;
    REQUIRE(all.series.size() == 1);
    CHECK(all.series[0].name == "tpot");
    CHECK(all.series[0].points.back().name == "b200 batch=2 context=4096");
}

TEST_CASE("a table without rows, or without both figures in one, is refused") {
    FigureRows rows = sweep();
    rows.rows = {rows.rows[2], rows.rows[2]};
    const FigureChoice choice{.x = batch, .y = tpot, .groups = {}};
    const Fault none = fault_of([&] { figure_chart(rows, choice); });
    CHECK(none.code == ErrorCode::not_enough_rows);
    CHECK(none.message == "none of 2 rows has both batch and tpot_s");
    CHECK(none.hint ==
          "a deployment that does not fit has no figures, and one without a price no costs: take "
          "other columns");
    CHECK(none.where.file == "sweep.csv");
    rows.rows.clear();
    const Fault empty = fault_of([&] { figure_chart(rows, choice); });
    CHECK(empty.code == ErrorCode::not_enough_rows);
    CHECK(empty.message == "there is no row under the header");
    CHECK(empty.hint == "every row is a point");
    CHECK(empty.where.file == "sweep.csv");
}

TEST_CASE("30 groups can be told apart, 31 cannot") {
    const FigureChoice choice{.x = 1, .y = 2, .groups = {0}};
    CHECK(figure_chart(numbered(30), choice).chart.series.size() == 30);
    const Fault fault = fault_of([&] { figure_chart(numbered(31), choice); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "more than 30 groups of points cannot be told apart");
    CHECK(fault.hint == "group by fewer columns: --series hw");
}

TEST_CASE("a series says its name at the end of its line where there are several") {
    const Chart two = figure_chart(sweep(), {.x = batch, .y = tpot, .groups = {hw, context}}).chart;
    CHECK(two.series[0].label == "h100 context=1024");
    CHECK(two.series[1].label == "b200 context=4096");
    CHECK(figure_chart(numbered(3), {.x = 1, .y = 2, .groups = {}}).chart.series[0].label.empty());
}

TEST_CASE("what a row's figure may turn out to be is the span of its point, a queue is hollow") {
    FigureRows rows = sweep();
    rows.columns[note] = "waiting";
    rows.rows[0].cells[note] = "3";
    rows.rows[1].cells[note] = "0";
    rows.rows[3].cells[note] = "";
    rows.rows[0].ranges["tpot_s"] = {0.015, 0.03};
    rows.rows[0].ranges["ttft_s"] = {1, 2};
    const Chart chart = figure_chart(rows, {.x = batch, .y = tpot, .groups = {hw, context}}).chart;
    const ChartPoint& queued = chart.series[0].points[1];
    CHECK(queued.x == 8);
    CHECK(queued.span->from == 0.015);
    CHECK(queued.span->to == 0.03);
    CHECK(queued.hollow);
    CHECK(queued.note == "requests wait for a place");
    CHECK_FALSE(chart.series[0].points[0].span);
    CHECK_FALSE(chart.series[0].points[0].hollow);
    CHECK_FALSE(chart.series[1].points[0].hollow);
}

TEST_CASE("rows that are left out are so for the first one's reason") {
    FigureRows rows = sweep();
    rows.rows[2].reason = "cannot fit";
    const FigureChoice choice{.x = batch, .y = tpot, .groups = {hw}};
    CHECK(figure_chart(rows, choice).reason == "cannot fit");
    CHECK(figure_chart(rows, choice).left_out == 1);
    rows.rows.erase(rows.rows.begin() + 2);
    CHECK(figure_chart(rows, choice).reason.empty());
    for (FigureRow& row : rows.rows) row.cells[tpot].clear();
    rows.rows[0].reason = "no price";
    CHECK(fault_of([&] { figure_chart(rows, choice); }).message ==
          "none of 3 rows has both batch and tpot_s: no price");
}

TEST_CASE("points that no measured run is behind are counted where they are shown") {
    FigureRows rows = sweep();
    rows.columns[note] = "measured";
    for (FigureRow& row : rows.rows) row.cells[note] = row.line == 2 ? "true" : "false";
    CHECK(figure_chart(rows, {.x = batch, .y = tpot, .groups = {hw}}).guessed == 2);
}

}  // namespace figure_chart_test
