#include "answer/compare/compare_blocks.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace compare_blocks_test {

using namespace roofline;

namespace {

Compared one(std::string name, const std::string& scenario) {
    Compared compared{.name = std::move(name)};
    compared.evaluation.deployment =
        prepare_service(deployed(scenario), Efficiency()).prepared.deployment;
    return compared;
}

// An h100 and a b200 with figures made by hand.
struct Pair {
    std::vector<Compared> all{one("old", "llama-3.1-8b@h100 concurrency=8"),
                              one("new", "llama-3.1-8b@b200 concurrency=8")};
    std::vector<Comparison> comparisons{{.base = &all[0], .other = &all[1]}};

    Pair() {
        all[0].memory_batch = 1000;
        all[1].cache_context = 2000;
        comparisons[0].deltas = {{&the_metric("ttft"), 0.1, 0.125},
                                 {&the_metric("tpot"), 0.01, 0.01},
                                 {&the_metric("tokens_per_s"), 100, 150},
                                 {&the_metric("gpus"), 1, 2},
                                 {&the_metric("usd_per_month"), std::nullopt, 1460},
                                 {&the_metric("power"), 700, std::nullopt}};
        comparisons[0].main = &comparisons[0].deltas[2];
    }

    /// What the change is due to, and where it breaks even.
    void explain() {
        Comparison& comparison = comparisons[0];
        comparison.reversals = {{&the_field("hw"), 0.75}, {&the_field("isl"), 0.25}};
        comparison.parts = {{"projections", 4 * millisecond, 2 * millisecond},
                            {"experts", 3 * millisecond, 2 * millisecond},
                            {"launches", 1 * millisecond, 2 * millisecond},
                            {"lm_head", 2 * millisecond, 1 * millisecond}};
        comparison.price_ratio = 1.5;
        comparison.price = Measure(3 * dollar / hour);
    }

    Report report(std::optional<double> most_worse = {}) const {
        Report report;
        add_comparisons(all, comparisons, Basis::expected, most_worse, report);
        return report;
    }
};

const Text& reasons_in(const Report& report) { return std::get<Text>(report.blocks[3]); }

}  // namespace

TEST_CASE("figures side by side, and where the answer turns") {
    CHECK(text_of(Pair().report()) == R"(
 baseline: old (expected figures)

 new
 figure       baseline       this  change
 first token    100 ms     125 ms  +25.0 % worse
 per token     10.0 ms    10.0 ms  same
 tokens/s          100        150  +50.0 % better
 GPUs                1          2  +100.0 % worse
 $ per month         –  $1,460.00  only here
 power           700 W          –  only in the baseline

 Where the answer turns:
 old: decode leaves the memory roof at batch 1,000, KV outweighs the weights nowhere
 new: decode leaves the memory roof nowhere, KV outweighs the weights at context 2,000
)");
}

TEST_CASE("changes are marked beyond the limit; 0.04 % is the same") {
    Pair pair;
    pair.comparisons[0].deltas[1].to = 0.010004;
    const std::string page = text_of(pair.report(0.5));
    CHECK(page.find("+25.0 % worse\n") != std::string::npos);
    CHECK(page.find("+100.0 % ✗ over the limit\n") != std::string::npos);
    CHECK(page.find("10.0 ms    10.0 ms  same\n") != std::string::npos);
    pair.comparisons[0].deltas[1].to = 0.01001;
    CHECK(text_of(pair.report()).find("+0.1 % worse\n") != std::string::npos);
    CHECK(raw_at(pair.report(0.5).inputs, "fail_over") == "0.5");
    CHECK(raw_at(pair.report().inputs, "fail_over") == "null");
    CHECK(raw_at(pair.report().inputs, "basis") == "expected");
}

TEST_CASE("reasons: the input that undoes most, three parts of a token, and the break-even") {
    Pair pair;
    CHECK(pair.report().blocks.size() == 4);
    pair.explain();
    CHECK(
        reasons_in(pair.report()).lines ==
        std::vector<std::string>{
            "of the change in throughput, setting hw back alone undoes 75 %",
            "time per token, what changed most: projections 4.00 ms → 2.00 ms · experts 3.00 ms → "
            "2.00 ms · launches 1.00 ms → 2.00 ms",
            "break-even: b200-sxm at 1.500 x the price of the baseline's h100-sxm, $3.00/h"});
    pair.comparisons[0].reversals = {{&the_field("hw"), 0.009}};
    pair.comparisons[0].parts.resize(1);
    pair.comparisons[0].price.reset();
    CHECK(reasons_in(pair.report()).lines ==
          std::vector<std::string>{
              "no input set back alone undoes the change in throughput",
              "time per token, what changed most: projections 4.00 ms → 2.00 ms",
              "break-even: b200-sxm at 1.500 x the price of the baseline's h100-sxm"});
}

TEST_CASE("a line for each figure of each comparison, for machines") {
    CHECK(text_of(Pair().report(), "csv") ==
          "baseline,scenario,metric,from,to,change,worse_by\n"
          "old,new,ttft_s,0.1,0.125,0.25,0.25\n"
          "old,new,tpot_s,0.01,0.01,0,0\n"
          "old,new,tokens_per_s,100,150,0.5,-0.5\n"
          "old,new,gpus,1,2,1,1\n"
          "old,new,usd_per_month,,1460,,\n"
          "old,new,power_w,700,,,\n");
    Report table;
    table.blocks.push_back(Pair().report().blocks.at(2));
    const std::string lines = text_of(table, "csv");
    CHECK(lines.starts_with("metric,from,to,change\nfirst token,0.1,0.125,"));
    CHECK(lines.find("\nper token,0.01,0.01,same\n") != std::string::npos);
}

TEST_CASE("scenarios as data") {
    Pair pair;
    pair.all[1].evaluation.standing = Standing::overloaded;
    pair.all[0].evaluation.figures[static_cast<std::size_t>(Basis::expected)].time_per_token =
        10 * millisecond;
    const Record result = pair.report().result;
    CHECK(raw_at(result, "scenarios[0].name") == "old");
    CHECK(raw_at(result, "scenarios[0].inputs.hw") == "h100-sxm");
    CHECK(raw_at(result, "scenarios[0].standing") == "stands");
    CHECK(raw_at(result, "scenarios[0].figures.tpot_s") == "0.01");
    CHECK(raw_at(result, "scenarios[0].batch_beyond_memory") == "1000");
    CHECK(raw_at(result, "scenarios[0].context_beyond_weights_tokens") == "null");
    CHECK(raw_at(result, "scenarios[1].standing") == "overloaded");
    CHECK(raw_at(result, "scenarios[1].batch_beyond_memory") == "null");
    CHECK(raw_at(result, "scenarios[1].context_beyond_weights_tokens") == "2000");
}

TEST_CASE("comparisons as data") {
    Pair pair;
    pair.explain();
    Comparison& comparison = pair.comparisons[0];
    comparison.deltas.erase(comparison.deltas.begin() + 3, comparison.deltas.end());
    comparison.deltas.erase(comparison.deltas.begin(), comparison.deltas.begin() + 2);
    comparison.main = &comparison.deltas[0];
    comparison.reversals.resize(1);
    comparison.parts.resize(1);
    CHECK(json_text(*value_at(pair.report().result, "comparisons[0]")) == R"({
  "scenario": "new",
  "deltas": [
    {
      "metric": "tokens_per_s",
      "key": "tokens_per_s",
      "from": 100,
      "to": 150,
      "change": 0.5,
      "worse_by": -0.5
    }
  ],
  "attributed_metric": "tokens_per_s",
  "reversals": [
    {
      "input": "hw",
      "undone": 0.75
    }
  ],
  "tpot_parts": [
    {
      "name": "projections",
      "from_s": 0.004,
      "to_s": 0.002
    }
  ],
  "break_even_price_ratio": 1.5,
  "break_even_per_device_hour": 3
}
)");
    comparison.main = nullptr;
    comparison.reversals.clear();
    comparison.price.reset();
    CHECK(raw_at(pair.report().result, "comparisons[0].attributed_metric") == "null");
    CHECK(raw_at(pair.report().result, "comparisons[0].break_even_per_device_hour") == "null");
}

}  // namespace compare_blocks_test
