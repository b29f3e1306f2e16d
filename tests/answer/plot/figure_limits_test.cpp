#include "answer/plot/figure_limits.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace figure_limits_test {

using namespace roofline;

namespace {

// Times of 10 and 30 ms at 100 and 200 tokens/s; the first may be 25 ms.
Chart two_points() {
    const auto axis = [](std::string_view id) {
        const Metric& metric = *find_metric(id);
        return ChartAxis{.name = std::string(id),
                         .key = std::string(metric.key),
                         .label = std::string(id),
                         .dimension = metric.dimension};
    };
    return {.x = axis("tokens_per_s"),
            .y = axis("tpot"),
            .series = {{.name = "s",
                        .points = {{.x = 100, .y = 0.01, .span = Range{0.008, 0.025}},
                                   {.x = 200, .y = 0.03}}}}};
}

Chart limited(std::string_view text) {
    Chart chart = two_points();
    add_limits(parse_conditions(text, "--where"), chart);
    return chart;
}

std::string kept(std::string_view text) {
    return kept_words(parse_conditions(text, "--where"), two_points());
}

}  // namespace

TEST_CASE("a condition is a line over the axis of its figure") {
    const Chart chart = limited("tpot<=20ms,tokens_per_s>150");
    REQUIRE(chart.limits.size() == 2);
    CHECK(chart.limits[0].name == "tpot ≤ 20.0 ms");
    CHECK(chart.limits[0].axis == AxisName::y);
    CHECK(chart.limits[0].value == 0.02);
    CHECK(chart.limits[1].name == "tokens_per_s > 150 tokens/s");
    CHECK(chart.limits[1].axis == AxisName::x);
    CHECK(chart.limits[1].value == 150);
}

TEST_CASE("a figure on neither axis, and a share of memory, are no lines") {
    const Fault fault = fault_of([] { limited("ttft<1s"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--where: ttft is on neither axis");
    CHECK(fault.hint ==
          "a limit is a line over an axis, and those are tokens_per_s and tpot: --y ttft");
    CHECK(fault_of([] { limited("memory<90%"); }).code == ErrorCode::bad_count);
}

TEST_CASE("points that keep all limits are counted, and those whose whole band does") {
    CHECK(kept("tpot<20ms") == "1 of 2 points keep tpot < 20.0 ms, 0 with their whole band");
    CHECK(kept("tpot<26ms") == "1 of 2 points keep tpot < 26.0 ms, 1 with their whole band");
    CHECK(kept("tpot<=30ms") == "2 of 2 points keep tpot ≤ 30.0 ms, 2 with their whole band");
    CHECK(kept("tpot<30ms") == "1 of 2 points keep tpot < 30.0 ms, 1 with their whole band");
    CHECK(kept("tpot>9ms") == "2 of 2 points keep tpot > 9.00 ms, 1 with their whole band");
    CHECK(kept("tpot<1s,tokens_per_s>=200") ==
          "1 of 2 points keep tpot < 1.00 s, tokens_per_s ≥ 200 tokens/s");
    CHECK(kept_words({}, two_points()).empty());
    Chart bare = two_points();
    bare.series[0].points[0].span.reset();
    CHECK(kept_words(parse_conditions("tpot<20ms", "x"), bare) ==
          "1 of 2 points keep tpot < 20.0 ms");
}

TEST_CASE("a point by itself keeps a limit or does not") {
    Chart one = two_points();
    one.series[0].points.resize(1);
    CHECK(kept_words(parse_conditions("tpot<20ms", "x"), one) == "it keeps tpot < 20.0 ms");
    CHECK(kept_words(parse_conditions("tpot<5ms", "x"), one) == "it does not keep tpot < 5.00 ms");
}

TEST_CASE("limits that the axes do not go to are said") {
    CHECK(limits_outside(limited("tpot<20ms,tokens_per_s>150")).empty());
    CHECK(limits_outside(limited("tpot<1s,tokens_per_s>1")) ==
          std::vector<std::string>{"tpot < 1.00 s is above the picture"});
    CHECK(limits_outside(limited("tokens_per_s>1000")) ==
          std::vector<std::string>{"tokens_per_s > 1,000 tokens/s is right of the picture"});
}

}  // namespace figure_limits_test
