#include "roofline/evaluate/comparison.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

#include <numeric>

namespace comparison_test {

using namespace roofline;

namespace {

Deployment llama_70b(Catalog& catalog, std::string_view device) {
    Deployment d{.model = catalog.model("llama-3.1-70b"), .device = catalog.device(device)};
    d.gpus = 2;
    d.concurrency = 4;
    return d;
}

double output(const Evaluation& evaluation) {
    return evaluation.on(Basis::expected).output->in(token / second);
}

}  // namespace

TEST_CASE("tokens per second rise for the better, times per token for the worse") {
    const Delta faster{.metric = find_metric("tokens_per_s"), .from = 100, .to = 125};
    CHECK(*faster.change() == 0.25);
    CHECK(*faster.worse_by() == -0.25);
    const Delta slower{.metric = find_metric("tpot"), .from = 0.010, .to = 0.011};
    CHECK_THAT(*slower.worse_by(), WithinRel(0.1, 1e-12));
    CHECK_FALSE(Delta({.metric = find_metric("tpot"), .from = 0.010}).change());
    CHECK_FALSE(Delta({.metric = find_metric("tpot"), .from = 0, .to = 1}).worse_by());
}

TEST_CASE("as many devices break even at the ratio of their tokens per second") {
    Catalog catalog;
    const Deployment from = llama_70b(catalog, "h100-sxm");
    const Deployment to = llama_70b(catalog, "b200-sxm");
    const Knowledge knowledge;
    const double ratio = output(evaluate(to, knowledge)) / output(evaluate(from, knowledge));
    CHECK(ratio > 1);
    CHECK_THAT(*break_even_ratio(from, to, Basis::expected, knowledge), WithinRel(ratio, 1e-9));
}

TEST_CASE("of a device and a price that changed, setting the device back undoes the speed-up") {
    Catalog catalog;
    const Deployment from = llama_70b(catalog, "h100-sxm");
    Deployment to = llama_70b(catalog, "b200-sxm");
    to.lengths = Lengths::equal;
    const Knowledge knowledge;
    const Evaluation a = evaluate(from, knowledge);
    const Evaluation b = evaluate(to, knowledge);
    const Delta delta{.metric = find_metric("tokens_per_s"), .from = output(a), .to = output(b)};
    const auto back = reversals(from, to, delta, Basis::expected, knowledge);
    REQUIRE(back.size() == 2);
    CHECK(back[0].field->name == "hw");
    CHECK(back[1].field->name == "lengths");
    to.lengths.reset();
    const Delta alone{
        .metric = delta.metric, .from = output(a), .to = output(evaluate(to, knowledge))};
    const auto whole = reversals(from, to, alone, Basis::expected, knowledge);
    REQUIRE(whole.size() == 1);
    CHECK_THAT(whole[0].undone, WithinRel(1.0, 1e-12));
}

TEST_CASE("the parts of a served token's time sum to it on both sides") {
    Catalog catalog;
    const Knowledge knowledge;
    const Compared a = compared("a", llama_70b(catalog, "h100-sxm"), knowledge);
    const Compared b = compared("b", llama_70b(catalog, "b200-sxm"), knowledge);
    const auto parts = time_parts(a, b);
    REQUIRE_FALSE(parts.empty());
    const auto sum = [&](Seconds TimePart::*side) {
        return std::accumulate(
            parts.begin(), parts.end(), Seconds(),
            [&](Seconds so_far, const TimePart& part) { return so_far + part.*side; });
    };
    CHECK_THAT(sum(&TimePart::from) / *a.evaluation.on(Basis::expected).time_per_token,
               WithinRel(1.0, 0.01));
    CHECK_THAT(sum(&TimePart::to) / *b.evaluation.on(Basis::expected).time_per_token,
               WithinRel(1.0, 0.01));
}

TEST_CASE("a gate does not pass what stands only as expected, nor what did not settle") {
    const auto named = [](const std::string& scenario) {
        return Compared{.name = "a", .evaluation = evaluated(scenario)};
    };
    const std::vector<Compared> sure{named("llama-3.1-8b@h100-sxm")};
    CHECK(exit_status(sure, {}, Basis::pessimistic, 0.05) == Exit::ok);
    const std::vector<Compared> doubtful{
        named("kimi-k2.5@h100-sxmx8 tp=8 context=8k mem-share=0.95 max-num-seqs=64")};
    CHECK(exit_status(doubtful, {}, Basis::expected, 0.05) == Exit::ok);
    CHECK(exit_status(doubtful, {}, Basis::pessimistic, std::nullopt) == Exit::infeasible);
    std::vector<Compared> restless{named("llama-3.1-8b@h100-sxm concurrency=2")};
    std::get<ServedOutcome>(restless[0].evaluation.outcome).state.converged = false;
    CHECK(exit_status(restless, {}, Basis::expected, std::nullopt) == Exit::ok);
    CHECK(exit_status(restless, {}, Basis::expected, 0.05) == Exit::infeasible);
}

}  // namespace comparison_test
