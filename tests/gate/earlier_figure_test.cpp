#include "gate/earlier_figure.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace earlier_figure_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");

// A step of 4 sequences, and what a baseline kept of it: 12.5 ms a token.
Evaluation four() { return {.deployment = deployed("llama-3.1-8b@h100 batch=4 context=4096")}; }
Target target_of(const Evaluation& evaluation) {
    return {.name = "chat", .deployment = evaluation.deployment};
}
Baseline kept() {
    BaselineTarget chat{.load = {{"batch", 4.0}, {"context", 4096.0}},
                        .figures = {{"tpot", 0.0125}}};
    return {.file = "base.json", .targets = {{"chat", std::move(chat)}}};
}

// Why there is no figure of an earlier run.
std::string why(const Baseline& baseline, const Target& target, const Metric& metric = tpot) {
    const auto earlier = gate::earlier_figure(&baseline, target, metric, four());
    REQUIRE(std::holds_alternative<std::string>(earlier));
    return std::get<std::string>(earlier);
}

}  // namespace

TEST_CASE("the figure of the same load and basis is the baseline's") {
    const Baseline baseline = kept();
    const Evaluation now = four();
    const auto earlier = gate::earlier_figure(&baseline, target_of(now), tpot, now);
    REQUIRE(std::holds_alternative<double>(earlier));
    CHECK(std::get<double>(earlier) == 0.0125);
}

TEST_CASE("without a baseline, or a target in it, there is nothing to compare with") {
    const Evaluation now = four();
    const auto none = gate::earlier_figure(nullptr, target_of(now), tpot, now);
    CHECK(std::get<std::string>(none) ==
          "there is no baseline. Add \"baseline\": \"FILE\" to the budget, or `baseline FILE`");
    Target other = target_of(now);
    other.name = "code";
    CHECK(why(kept(), other) == "base.json has no target 'code'. Write it anew: `write-baseline`");
}

TEST_CASE("figures of another basis are not compared with") {
    Target target = target_of(four());
    target.basis = Basis::bound;
    CHECK(why(kept(), target) ==
          "base.json holds expected figures of 'chat', this budget judges bound ones");
}

TEST_CASE("each difference of the load is named, in the order of the keys") {
    const Target target = target_of(four());
    Baseline baseline = kept();
    baseline.targets.at("chat").load = {{"batch", 8.0}, {"lengths", "equal"}};
    CHECK(why(baseline, target) ==
          "base.json holds figures of 'chat' at another load (batch 8 then, 4 now, context unset "
          "then, 4096 now, lengths equal then, unset now). Write it anew: `write-baseline`");
}

TEST_CASE("a calibration is part of the load, by the name of its file") {
    Target target = target_of(four());
    target.calibration = "some/folder/h100.json";
    CHECK(why(kept(), target) ==
          "base.json holds figures of 'chat' at another load (calibration unset then, h100.json "
          "now). Write it anew: `write-baseline`");
    Baseline baseline = kept();
    baseline.targets.at("chat").load.emplace("calibration", "h100.json");
    const auto earlier = gate::earlier_figure(&baseline, target, tpot, four());
    CHECK(std::holds_alternative<double>(earlier));
}

TEST_CASE("a figure that the baseline does not hold is named by its metric") {
    CHECK(why(kept(), target_of(four()), the_metric("ttft")) ==
          "base.json has no ttft of 'chat'. Write it anew: `write-baseline`");
}

}  // namespace earlier_figure_test
