#include "answer/plan/plan_words.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace plan_words_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");
const Metric& rate = the_metric("tokens_per_s");

PlanCandidate candidate(const std::string& layout = "tp=2 pp=1 dp=1 ep=1 replicas=2") {
    PlanCandidate one{
        .deployment = deployed("llama-3.1-8b@h100-sxm quant=fp8 concurrency=8 " + layout),
        .answer = {},
        .objective = 0.42,
        .excess = 0.5,
        .broken = {}};
    one.answer.set(tpot, 0.015);
    return one;
}

PlanCandidate single() { return candidate("tp=1 pp=1 dp=1 ep=1 replicas=1"); }

PlanQuestion promised() {
    return {.devices = {},
            .formats = {},
            .levels = {{.metric = &tpot, .limit = 0.01}, {.metric = &rate, .limit = 2000}},
            .knowledge = {}};
}

AskedPlan of_devices(std::size_t count) {
    AskedPlan asked;
    asked.question.devices.resize(count);
    return asked;
}

}  // namespace

TEST_CASE("2 replicas of tp 2 are 4 devices, and a limit stands on the side of the worse") {
    CHECK(hardware_of(candidate()) == "4 x h100-sxm");
    CHECK(hardware_of(single()) == "1 x h100-sxm");
    CHECK(level_words({.metric = &tpot, .limit = 0.025}) == "time per token ≤ 25.0 ms");
    CHECK(level_words({.metric = &rate, .limit = 2000}) == "throughput ≥ 2,000 tokens/s");
    CHECK(level_words({.metric = &the_metric("gpus"), .limit = 4}) == "gpus ≤ 4");
}

TEST_CASE("the best, and what would have to be relaxed, name hardware, layout and format") {
    const PlanQuestion question = promised();
    CHECK(promise_words(candidate(), question) ==
          "per token 15.0 ms (limit 10.0 ms), tokens/s unknown (limit 2,000 tokens/s)");
    CHECK(best_words(candidate(), question) ==
          "best: 4 x h100-sxm, tp 2, replicas 2, fp8: $0.420 per 1M output tokens, per token "
          "15.0 ms (limit 10.0 ms), tokens/s unknown (limit 2,000 tokens/s)");
    CHECK(relaxation_words({.level = 0, .candidate = single()}, question) ==
          "time per token to 15.0 ms (50 % past 10.0 ms): 1 x h100-sxm, one device, fp8");
    CHECK(relaxation_words({.level = 1, .candidate = candidate()}, question) ==
          "throughput to unknown (50 % past 2,000 tokens/s): 4 x h100-sxm, tp 2, replicas 2, "
          "fp8");
}

TEST_CASE("what was tried: 1,001 + 2 + 3 + 4 + 5 + 6 of one device, and 7 + 8 of another") {
    const Plan plan{
        .trials =
            {{.device = 0, .fates = {1001, 2, 3, 4, 5, 6}, .broken = {}, .best = {}, .alone = {}},
             {.device = 1, .fates = {7}, .left_out = 8, .broken = {}, .best = {}, .alone = {}}},
        .ranking = {},
        .relaxations = {}};
    CHECK(counts_words(of_devices(2), plan) ==
          "tried 1,036 deployments on 2 devices: 1,008 hold, 2 cannot be (heads, links or "
          "precision), 3 do not fit, 4 cannot keep up, 5 break a limit, 6 have no known figure for "
          "it, 8 cannot beat another of their count");
}

TEST_CASE("what became of none is not said, and one device is no devices") {
    const Plan plan{
        .trials = {{.fates = {0, 0, 3, 0, 0, 0}, .broken = {}, .best = {}, .alone = {}}},
        .ranking = {},
        .relaxations = {}};
    CHECK(counts_words(of_devices(1), plan) == "tried 3 deployments on 1 device: 3 do not fit");
}

TEST_CASE("of devices without a price eight are named") {
    CHECK(unpriced_words({"a"}) ==
          "left out for want of a price: 1 device (a); --price gives them one");
    CHECK(unpriced_words({"a", "b", "c", "d", "e", "f", "g", "h"}) ==
          "left out for want of a price: 8 devices (a, b, c, d, e, f, g, h); --price gives them "
          "one");
    CHECK(unpriced_words({"a", "b", "c", "d", "e", "f", "g", "h", "i"}) ==
          "left out for want of a price: 9 devices (a, b, c, d, e, f, g, h, …); --price gives them "
          "one");
}

TEST_CASE("the command of a plan leaves out degrees of one, and quotes what a shell would read") {
    CHECK(command_of(candidate(), "") ==
          "roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 2 --replicas 2 --quant fp8 "
          "--concurrency 8");
    PlanCandidate priced = single();
    priced.deployment = deployed("llama-3.1-8b@h100-sxm tp=1 quant=bf16 rate=0.5 price=$2.5/h");
    priced.deployment.pipeline_parallel = priced.deployment.data_parallel = 1;
    priced.deployment.expert_parallel = priced.deployment.replicas = 1;
    CHECK(command_of(priced, " --calibration p.json") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --quant bf16 --rate 0.5 --price '2.5 "
          "USD/h' --calibration p.json");
}

TEST_CASE("purchase and utilization are known to the command cost alone") {
    PlanCandidate bought = single();
    bought.deployment.purchase = PurchaseRequest{.name = "catalog", .amount = {}};
    CHECK(command_of(bought, "") ==
          "roofline cost llama-3.1-8b --hw h100-sxm --quant fp8 --concurrency 8 --purchase "
          "catalog");
    PlanCandidate used = single();
    used.deployment.utilization = 0.5;
    CHECK(command_of(used, "") ==
          "roofline cost llama-3.1-8b --hw h100-sxm --quant fp8 --concurrency 8 --utilization "
          "0.5");
}

}  // namespace plan_words_test
