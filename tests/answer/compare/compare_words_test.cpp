#include "answer/compare/compare_words.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace compare_words_test {

using namespace roofline;

namespace {

using Names = std::vector<std::string>;

// A baseline on an H100, and a comparison of it with each of `others`.
struct Case {
    std::vector<Compared> all;
    std::vector<Comparison> comparisons;

    explicit Case(std::vector<std::vector<Delta>> deltas,
                  const std::string& other = "llama-3.1-8b@b200") {
        add("llama-3.1-8b@h100");
        for (std::size_t i = 0; i < deltas.size(); ++i) add(other);
        for (std::size_t i = 0; i < deltas.size(); ++i)
            comparisons.push_back(
                {.base = &all[0], .other = &all[i + 1], .deltas = std::move(deltas[i])});
        for (Comparison& comparison : comparisons)
            if (!comparison.deltas.empty()) comparison.main = &comparison.deltas[0];
    }
    void add(const std::string& scenario) {
        all.push_back({.name = scenario, .asked = {}, .evaluation = {}, .parts = {}});
        all.back().evaluation.deployment = deployed(scenario);
    }
    std::string verdict() const { return change_verdict(comparisons[0]); }
    std::string best(const Names& names) const { return best_of(comparisons, names); }
};

Delta delta(std::string_view metric, std::optional<double> from, std::optional<double> to) {
    return {find_metric(metric), from, to};
}
Delta faster() { return delta("tokens_per_s", 100, 150); }

Names shortened(const Names& names) {
    std::vector<Compared> all;
    for (const std::string& name : names)
        all.push_back({.name = name, .asked = {}, .evaluation = {}, .parts = {}});
    return short_names(all);
}

}  // namespace

TEST_CASE("the main figure, and the one that is most worse, each with which way it went") {
    CHECK(Case({{faster()}}).verdict() == "throughput +50.0 % (better)");
    CHECK(Case({{faster(), delta("tpot", 0.01, 0.005)}}).verdict() ==
          "throughput +50.0 % (better)");
    CHECK(Case({{faster(), delta("tpot", 0.01, 0.011), delta("ttft", 0.1, 0.131)}}).verdict() ==
          "throughput +50.0 % (better), but time to the first token +31.0 % (worse)");
    CHECK(Case({{delta("tpot", 0.01, 0.0125)}}).verdict() == "time per token +25.0 % (worse)");
    CHECK(Case({{delta("tpot", 0.01, 0.0125), delta("ttft", 0.1, 0.2)}}).verdict() ==
          "time per token +25.0 % (worse), and time to the first token +100.0 % (worse)");
    CHECK(Case({{delta("tpot", 0.01, 0.01), delta("tokens_per_s", 100, 90)}}).verdict() ==
          "time per token is the same, and throughput -10.0 % (worse)");
    CHECK(Case({std::vector<Delta>()}).verdict() == "no figure that both answer");
    CHECK(Case({{delta("tpot", std::nullopt, 0.01)}}).verdict() == "no figure that both answer");
}

TEST_CASE("what a deployment is made of, and what one side does not answer, is no loss") {
    CHECK(
        Case({{faster(), delta("memory", 1e9, 9e9), delta("gpus", 1, 8), delta("power", 700, 5600),
               delta("usd_per_month", std::nullopt, 1460), delta("ttft", 0.1, 0.10004)}})
            .verdict() == "throughput +50.0 % (better)");
}

TEST_CASE("a break-even is of two devices, never of one and the same") {
    Case two({{faster()}});
    two.comparisons[0].price_ratio = 1.5;
    CHECK(two.verdict() ==
          "throughput +50.0 % (better); it breaks even at 1.500 x the price per device");
    Case same({{faster()}}, "llama-3.1-8b@h100 kv-dtype=fp8");
    same.comparisons[0].price_ratio = 1.5;
    CHECK(same.verdict() == "throughput +50.0 % (better)");
}

TEST_CASE("of several the best is named, by how much, and what of it is worse") {
    const Names names{"old", "first", "second"};
    CHECK(Case({{faster()}, {delta("tokens_per_s", 100, 183)}}).best(names) ==
          "best in throughput: 'second', +83.0 % against 'old'");
    CHECK(Case({{faster(), delta("ttft", 0.1, 0.2)}, {delta("tokens_per_s", 100, 120)}})
              .best(names) ==
          "best in throughput: 'first', +50.0 % against 'old', but time to the first token +100.0 "
          "% (worse)");
    CHECK(Case({{delta("tpot", 0.01, 0.005)}, {delta("tpot", 0.01, 0.004)}}).best(names) ==
          "best in time per token: 'second', -60.0 % against 'old'");
}

TEST_CASE("of several none may be better, or answer what the baseline does") {
    const Names names{"old", "first", "second"};
    CHECK(Case({{delta("tpot", 0.01, 0.011)}, {delta("tpot", 0.01, 0.01)}}).best(names) ==
          "none of 2 is better than 'old' in time per token");
    CHECK(Case({std::vector<Delta>(), std::vector<Delta>()}).best(names) ==
          "no figure that all answer");
    CHECK(Case({{delta("tpot", 0.01, std::nullopt)}, {delta("tpot", 0.01, 0.005)}}).best(names) ==
          "best in time per token: 'second', -50.0 % against 'old'");
}

TEST_CASE("names are what tells them apart") {
    CHECK(shortened({"llama@h100-sxmx4 isl=1024", "llama@b200-sxmx2 isl=1024"}) ==
          Names{"h100-sxmx4", "b200-sxmx2"});
    CHECK(shortened({"llama@h100 isl=1k", "qwen@h100 isl=2k"}) ==
          Names{"llama isl=1k", "qwen isl=2k"});
    CHECK(shortened({"base", "other"}) == Names{"base", "other"});
    CHECK(shortened({"before the change", "after the change"}) == Names{"before", "after"});
}

TEST_CASE("a name of which nothing is left, or that would be another's, stays whole") {
    CHECK(shortened({"llama@h100", "llama@h100 kv-dtype=fp8"}) ==
          Names{"llama@h100", "kv-dtype=fp8"});
    CHECK(shortened({"llama@h100", "llama@h100"}) == Names{"llama@h100", "llama@h100"});
    CHECK(shortened({"m@a", "m@b x", "m@b x"})[2] == "m@b x");
}

TEST_CASE("changes have their sign") {
    CHECK(change_words(0.138) == "+13.8 %");
    CHECK(change_words(-0.5) == "-50.0 %");
}

}  // namespace compare_words_test
