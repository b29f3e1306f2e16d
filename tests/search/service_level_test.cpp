#include "roofline/search/service_level.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace service_level_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");
const Metric& output = the_metric("tokens_per_s");

PointAnswer answered(const Metric& metric, double figure) {
    PointAnswer answer;
    answer.set(metric, figure);
    return answer;
}

std::vector<ServiceLevel> levels(std::string_view text) {
    return parse_service_levels(text, "--slo");
}

Fault fault_in(std::string_view text) {
    return fault_of([&] { levels(text); });
}

}  // namespace

TEST_CASE("25 ms where 20 are allowed are 25 % too much, 16 ms 20 % within") {
    const ServiceLevel level{.metric = &tpot, .limit = 0.020};
    CHECK_THAT(*level.excess(answered(tpot, 0.025)), WithinRel(0.25, 1e-12));
    CHECK_THAT(*level.excess(answered(tpot, 0.016)), WithinRel(-0.2, 1e-12));
    CHECK(*level.excess(answered(tpot, 0.020)) == 0);
    CHECK_FALSE(level.excess(answered(output, 100)));
}

TEST_CASE("80 tokens/s where 100 are promised: 100 / 80 is 25 % more than there is") {
    const ServiceLevel level{.metric = &output, .limit = 100};
    CHECK_THAT(*level.excess(answered(output, 80)), WithinRel(0.25, 1e-12));
    CHECK_THAT(*level.excess(answered(output, 125)), WithinRel(-0.2, 1e-12));
}

TEST_CASE("levels with = or the sign of their better side, with spaces or without") {
    const auto read = levels("ttft=500ms, tpot <= 25ms,tokens_per_s>=2000,e2e<4s,gpus=8");
    REQUIRE(read.size() == 5);
    CHECK(read[0].metric->id == "ttft");
    CHECK(read[0].limit == 0.5);
    CHECK(read[1].metric == &tpot);
    CHECK_THAT(read[1].limit, WithinRel(0.025, 1e-12));
    CHECK(read[2].limit == 2000);
    CHECK(read[3].limit == 4);
    CHECK(read[4].limit == 8);
    CHECK(levels("tokens_per_s > 7")[0].limit == 7);
}

TEST_CASE("what is no limit, and a limit of the wrong side, say what to write") {
    const Fault none = fault_in("tpot");
    CHECK(none.code == ErrorCode::bad_count);
    CHECK(none.message == "--slo: 'tpot' is no limit");
    CHECK(none.hint == "write FIGURE=LIMIT: ttft=500ms,tpot=25ms");
    CHECK(fault_in("=25ms").message == "--slo: '=25ms' is no limit");
    CHECK(fault_in("speed=25ms").message == "--slo: 'speed' is no figure");
    const Fault more = fault_in("tpot>=25ms");
    CHECK(more.code == ErrorCode::bad_count);
    CHECK(more.message ==
          "--slo: tpot is better when it is less: 'tpot>=25ms' limits the wrong side");
    CHECK(more.hint == "write tpot=25ms");
    const Fault less = fault_in("tokens_per_s < 9");
    CHECK(
        less.message ==
        "--slo: tokens_per_s is better when it is more: 'tokens_per_s < 9' limits the wrong side");
    CHECK(less.hint == "write tokens_per_s=9");
    CHECK(fault_in("tpot=25").message.starts_with("--slo tpot"));
}

TEST_CASE("one limit a figure, and a request takes no less than its first token") {
    const Fault twice = fault_in("tpot=3ms,tpot<=3ms");
    CHECK(twice.code == ErrorCode::conflicting_arguments);
    CHECK(twice.message == "--slo: tpot is limited twice");
    CHECK(twice.hint == "give it one limit");
    CHECK(fault_in("tpot=3ms,tpot=4ms").message ==
          "--slo: tpot has two limits that contradict each other");
    const Fault part = fault_in("ttft=3s,e2e=1s");
    CHECK(part.code == ErrorCode::conflicting_arguments);
    CHECK(part.message == "--slo: e2e is less than ttft, which is the first part of it");
    CHECK(part.hint == "raise e2e, or lower ttft");
    CHECK(levels("ttft=1s,e2e=1s").size() == 2);
}

}  // namespace service_level_test
