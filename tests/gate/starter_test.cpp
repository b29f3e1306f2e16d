#include "catch.hpp"
#include "deployed.hpp"
#include "gate/schema.hpp"
#include "gate/sources.hpp"

namespace starter_test {

using namespace roofline;

namespace {

// Figures that are asked for; $3.60 an hour at 100 tokens/s are $10 for 1M tokens.
Evaluation measured(const std::string& scenario) {
    Evaluation evaluation{.deployment = deployed(scenario), .memory = {}, .outcome = {}};
    Figures& figures = evaluation.figures[static_cast<std::size_t>(Basis::expected)];
    figures.time_to_first_token = 0.020 * second;
    figures.time_per_token = 0.0123456 * second;
    figures.end_to_end = 2 * second;
    figures.output = 110 * token / second;
    figures.memory = {.usable = 80 * gigabyte,
                      .weights = 16 * gigabyte,
                      .working = gigabyte,
                      .cache = 3 * gigabyte};
    figures.gpus = 2;
    figures.power = 1400 * watt;
    figures.bill = bill_of_rate(100 * token / second, {.rent = 0.001 * dollar / second});
    return evaluation;
}

}  // namespace

TEST_CASE("limits are 10 % off to the bad side: 12.3456 ms x 1.1, 110 / 1.1 tokens/s, 2 gpus") {
    const std::string text =
        budget_starter(measured("llama-3.1-8b@h100x2 tp=2 batch=8 isl=2048 price=$2.5/h"),
                       "llama-3.1-8b", "h100x2");
    CHECK(text == R"(// What this deployment may take and cost. Judge it with: roofline check
{
  "version": 1,
  "targets": [
    {
      "name": "llama-3.1-8b",
      "model": "llama-3.1-8b", "hw": "h100x2",
      "batch": 8, "isl": 2048,
      "price": "2.5 USD/h",
      // bound: what the data sheet allows; expected; pessimistic: the band's bad end
      "basis": "expected",
      "limits": {  // today's figures and 10 % of room
        "ttft": { "max": "22ms" },  // time to the first token; of a step: one prefill, today 20.0 ms
        "tpot": { "max": "13.58ms" },  // time per output token; of a step: one decode step, today 12.3 ms
        "e2e": { "max": "2.2s" },  // one request from prompt to last token, today 2.00 s
        "tokens_per_s": { "min": 100 },  // output tokens of all GPUs while decoding, today 110 tokens/s
        "memory": { "max": "22GB" },  // used on the fullest GPU, today 20.0 GB
        "gpus": { "max": 2 },  // devices in all, today 2
        "power": { "max": "1.54kW" },  // nominal power of all devices, today 1.40 kW
        "usd_per_1k_output": { "max": 0.011 },  // the bill over 1,000 output tokens, today $0.0100
        "usd_per_1m_output": { "max": 11 },  // the bill over 1M output tokens, today $10.00
        "usd_per_month": { "max": 2891 },  // the bill of 730 hours, today $2,628.00
      }
    }
  ]
}
)");
}

TEST_CASE("figures that are not answered have no limit, and no price is written where none is") {
    Evaluation evaluation = measured("llama-3.1-8b@h100");
    evaluation.figures = {};
    const std::string text = budget_starter(evaluation, "8b", "h100");
    CHECK(text.find("today 1\n      }\n") != std::string::npos);
    CHECK(text.find("\"limits\": {  // today's figures and 10 % of room\n        \"gpus\"") !=
          std::string::npos);
    CHECK(text.find("\"price\"") == std::string::npos);
}

TEST_CASE("the names are as they were typed, and quoted for JSON") {
    const std::string text =
        budget_starter(measured("llama-3.1-8b@h100"), "./a \"b\"/config.json", "H100");
    CHECK(text.find(R"("name": "llama-3.1-8b",)") != std::string::npos);
    CHECK(text.find(R"("model": "./a \"b\"/config.json", "hw": "H100",)") != std::string::npos);
}

TEST_CASE("a budget reads it back: limits in base units, lengths and the price") {
    const std::string text =
        budget_starter(measured("llama-3.1-8b@h100 batch=8 osl=100 context=4096 price=$2.5/h"),
                       "llama-3.1-8b", "h100");
    Catalog catalog;
    const Budget budget = read_budget({.name = "b.json", .text = text}, catalog);
    REQUIRE(budget.targets.size() == 1);
    const Target& target = budget.targets[0];
    CHECK(target.deployment.batch == 8.0);
    CHECK(target.deployment.osl == 100.0);
    CHECK(target.deployment.context == 4096.0);
    CHECK_FALSE(target.deployment.isl);
    CHECK_THAT(target.deployment.price->amount.in(dollar / hour), WithinRel(2.5, 1e-12));
    CHECK(target.limits.size() == 10);
    CHECK_THAT(target.limits[1].max->value, WithinRel(0.01358, 1e-12));
}

}  // namespace starter_test
