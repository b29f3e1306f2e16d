#include "answer/check/check_remedies.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace check_remedies_test {

using namespace roofline;

namespace {

const std::string step = "llama-3.1-8b@h100-sxm batch=32 context=4096 price=$2.5/h";

// What would mend a target "chat" of this deployment, where its checks are these.
std::optional<std::string> remedy(const std::string& scenario, std::vector<Check> checks) {
    Catalog catalog;
    const Target target{.name = "chat"};
    return remedy_of({.answered = {.target = &target, .evaluation = evaluated(scenario)},
                      .checks = std::move(checks)},
                     catalog);
}

Check broken(std::string metric) {
    return {.metric = std::move(metric), .status = CheckStatus::fail};
}

}  // namespace

// 15.0 GB of weights and 17.2 GB of cache at 3.35 TB/s; half the cache is 2.56 ms less.
TEST_CASE("a step that is too slow: what a decode step takes, and what would make it faster") {
    const auto words = remedy(step, {broken("tpot")});
    REQUIRE(words);
    CHECK(*words ==
          "A decode step of chat takes 9.61 ms at best: --quant int4 → 6.52 ms  ·  --kv-dtype fp8 "
          "→ 7.05 ms  ·  --quant fp8 → 7.53 ms  ·  --hw h100-sxmx2 --tp 2 → 4.84 ms");
}

TEST_CASE("a broken time, throughput or cost of tokens asks for speed, other limits do not") {
    CHECK(remedy(step, {broken("e2e")}));
    CHECK(remedy(step, {broken("tokens_per_s")}));
    CHECK(remedy(step, {broken("usd_per_1k_output")}));
    CHECK(remedy(step, {broken("usd_per_1m_output")}));
    CHECK(remedy(step, {broken("memory"), broken("tpot")}));
    CHECK_FALSE(remedy(step, {broken("ttft"), broken("memory"), broken("gpus")}));
    CHECK_FALSE(remedy(step, {broken("usd_per_month")}));
    CHECK_FALSE(remedy(step, {{.metric = "tpot", .status = CheckStatus::pass}}));
    CHECK_FALSE(remedy(step, {{.metric = "tpot", .status = CheckStatus::warn}}));
    CHECK_FALSE(remedy(step, {}));
}

// 32 x 4,096 tokens of 327,680 B are 40 GiB of cache: beside weights in int4 a room of 30 is left.
TEST_CASE("140 GB of weights on 80 GB: what fits is said whatever the checks say") {
    CHECK(remedy("llama-3.1-70b@h100-sxm batch=32 context=4096 engine=vllm@0.11", {}) ==
          "chat fits with --hw h100-sxmx4 --tp 4 or --hw b300-sxm");
}

TEST_CASE("no remedy: served, an encoder without decode step, nothing that fits, no evaluation") {
    CHECK_FALSE(remedy("llama-3.1-8b@h100-sxm concurrency=32", {broken("tpot")}));
    CHECK_FALSE(remedy("siglip-so400m-patch14-384@h100-sxm", {broken("e2e")}));
    CHECK_FALSE(remedy("kimi-k3@apple-m1", {broken("tpot")}));
    Catalog catalog;
    const Target target{.name = "chat"};
    CHECK_FALSE(remedy_of({.answered = {.target = &target}, .checks = {broken("tpot")}}, catalog));
}

}  // namespace check_remedies_test
