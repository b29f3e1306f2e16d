#include "answer/plot/figure_front.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "text/formatted.hpp"

namespace figure_front_test {

using namespace roofline;

namespace {

// hw, batch and context, then a time per token and a throughput.
FigureRows sweep() {
    return {.name = "sweep.csv",
            .columns = {"hw", "batch", "context", "tpot_s", "tokens_per_s"},
            .rows = {{2, {"h100", "8", "1024", "0.02", "400"}},
                     {3, {"h100", "2", "1024", "0.01", "200"}},
                     {5, {"b200", "2", "4096", "0.005", "400"}},
                     {6, {"b200", "2", "4096", "0.005", "400"}},
                     {7, {"h100", "9", "1024", "0.03", "900"}}}};
}
constexpr std::size_t hw = 0, batch = 1, tpot = 3, throughput = 4;

std::string points_of(const Series& series) {
    std::string text = series.name;
    for (const ChartPoint& point : series.points)
        text += formatted(" {}({}, {})", point.name, point.x, point.y);
    return text;
}

}  // namespace

TEST_CASE("the front: 5 ms at 400 tokens/s beats 20 ms at 400 and 10 ms at 200") {
    const FigureChoice choice{.x = throughput, .y = tpot, .groups = {hw}};
    const FigureRows rows = sweep();
    Chart chart = figure_chart(rows, choice).chart;
    add_front(rows, choice, chart);
    const Series& front = chart.series.back();
    CHECK(front.stroke == Stroke::line);
    CHECK(front.role == Role::strong);
    CHECK(
        points_of(front) ==
        "Pareto front h100 batch=9 context=1024(900, 0.03) b200 batch=2 context=4096(400, 0.005)");
    CHECK(chart.series.size() == 3);
    CHECK(chart.series[0].stroke == Stroke::points);
}

TEST_CASE("a column that is neither better high nor low has no front") {
    const FigureChoice choice{.x = batch, .y = tpot, .groups = {hw}};
    Chart chart = figure_chart(sweep(), choice).chart;
    const Fault fault = fault_of([&] { add_front(sweep(), choice, chart); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--pareto: 'batch' is no figure that is better high or low");
}

}  // namespace figure_front_test
