#include "answer/cost/cost_break_even.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace cost_break_even_test {

using namespace roofline;

namespace {

constexpr MoneyPerToken per_million = 1e-6 * dollar / token;

// 2026-11-22, 10 days after the API's price.
const Day today = *first_day("2026-11-22");

// $3.60/h over 500 tokens/s is $2 per million tokens.
Bill bill() { return bill_of_rate(500 * token / second, {.rent = 3.6 * dollar / hour}); }

// An API that asks $8 for what the bill takes $2 for is even at a quarter of the time.
ApiComparison dated() {
    return {.api = {.provider = "Together",
                    .model = "Llama",
                    .input = 1 * per_million,
                    .cached_input = 0.5 * per_million,
                    .output = 4 * per_million,
                    .date = "2026-11-12",
                    .from = {.source = "a page"}},
            .even = {.api = 8 * per_million,
                     .ours = 2 * per_million,
                     .utilization = 0.25,
                     .output = 125 * token / second}};
}

// One that asks $1 is never even.
ApiComparison cheap() {
    return {.api = {.provider = "--compare-api",
                    .output = 1 * per_million,
                    .currency = Currency::eur,
                    .from = {.source = "--compare-api"}},
            .even = {.api = 1 * per_million,
                     .ours = 2 * per_million,
                     .utilization = 2,
                     .output = 1000 * token / second}};
}

OtherDevices h200s() {
    OtherDevices other{.bill = bill_of_rate(800 * token / second, {.rent = 2 * dollar / hour}),
                       .gpus = 2,
                       .price = 2.88 * dollar / hour};
    other.evaluation.deployment.device = Catalog().device("h200");
    return other;
}

std::string line_of(const BreakEvens& evens) {
    const Text text = break_even_text(evens, bill(), today);
    REQUIRE(text.lines.size() == 1);
    return text.lines.front();
}

}  // namespace

TEST_CASE("an API's price with its age, and the use at which it is even") {
    CHECK(line_of({.api = dated(), .hardware = {}}) ==
          "Together/Llama of 2026-11-12 (10 days old) asks $8.00 per 1M output tokens with their "
          "prompts, this takes $2.00: break-even at 25 % use, 125 tokens/s");
}

TEST_CASE("an API that asks less than full use costs is never even") {
    ApiComparison never = cheap();
    never.api.input = 0.5 * per_million;
    CHECK(line_of({.api = never, .hardware = {}}) ==
          "the API asks €1.00 per 1M output tokens with their prompts, this takes $2.00: it does "
          "not break even, however much of the time it is used");
    never.even.utilization = 1;
    CHECK(line_of({.api = never, .hardware = {}})
              .ends_with(": break-even at 100 % use, 1,000 tokens/s"));
}

TEST_CASE("other devices and the price at which they are even") {
    const BreakEvens both{.api = cheap(), .hardware = h200s()};
    CHECK_FALSE(both.empty());
    CHECK(BreakEvens().empty());
    const Text text = break_even_text(both, bill(), today);
    REQUIRE(text.lines.size() == 2);
    CHECK(text.lines[1] ==
          "2 x h200-sxm would deliver 800 tokens/s: break-even at $2.88/h per device");
}

TEST_CASE("break-evens as a record") {
    CHECK(json_text(break_even_record({.api = dated(), .hardware = h200s()}, bill())) == R"({
  "api": {
    "provider": "Together",
    "model": "Llama",
    "date": "2026-11-12",
    "source": "a page",
    "usd_per_1m_input_tokens": 1,
    "usd_per_1m_cached_input_tokens": 0.5,
    "usd_per_1m_output_tokens": 4,
    "api_usd_per_1m_output_tokens_with_prompts": 8,
    "utilization": 0.25,
    "delivered_tokens_per_s": 125
  },
  "hw": {
    "hw": "h200-sxm",
    "gpus": 2,
    "delivered_tokens_per_s": 800,
    "per_device_usd_per_hour": 2.88
  }
}
)");
}

TEST_CASE("what is not known of an API, and a break-even out of reach, are null") {
    CHECK(json_text(break_even_record({.api = cheap(), .hardware = {}}, bill())) == R"({
  "api": {
    "provider": "--compare-api",
    "model": null,
    "date": null,
    "source": "--compare-api",
    "eur_per_1m_input_tokens": null,
    "eur_per_1m_cached_input_tokens": null,
    "eur_per_1m_output_tokens": 1,
    "api_eur_per_1m_output_tokens_with_prompts": 1,
    "utilization": null,
    "delivered_tokens_per_s": null
  }
}
)");
}

}  // namespace cost_break_even_test
