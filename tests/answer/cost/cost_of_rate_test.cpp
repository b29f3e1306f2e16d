#include "answer/cost/cost_of_rate.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace cost_of_rate_test {

using namespace roofline;

namespace {

const Day today = *first_day("2026-11-22");

Deployment hardware() {
    Deployment two;
    two.gpus = 2;
    two.rental = RentalPrice{.rate = 1.8 * dollar / hour, .from = {.source = "`price`"}};
    return two;
}

// $3.60/h over 500 tokens/s, half of the time.
Bill bill() {
    return bill_of_rate(500 * token / second, {.rent = 3.6 * dollar / hour, .utilization = 0.5});
}

BreakEvens against_an_api() {
    const MoneyPerToken output = 8e-6 * dollar / token;
    return {.api = ApiComparison{.api = {.output = output, .date = ""},
                                 .even = {.api = output,
                                          .ours = 4e-6 * dollar / token,
                                          .utilization = 0.25,
                                          .output = 125 * token / second}},
            .hardware = {}};
}

}  // namespace

TEST_CASE(
    "$3.60/h over half of 500 tokens/s: 3.6 / (1800 s x 500) x 1000 are $0.004 per thousand") {
    Report report = cost_of_rate(hardware(), bill(), {}, today);
    CHECK(report.command == "cost");
    report.derivations.clear();
    CHECK(text_of(report) ==
          R"($0.00400 per 1K output tokens, $4.00 per 1M at 500 tokens/s and $3.60/h

 devices  tokens/s     bill  per 1K output  per 1M output  per month
       2       500  $3.60/h       $0.00400          $4.00  $2,628.00

 used 50 % of the time: 250 tokens/s of 500 tokens/s; idle time takes $1.80/h of the bill

 rests on 1 assumption (--why)
)");
}

TEST_CASE("a bill without idle time or energy is one line, which CSV has as well") {
    const Bill busy = bill_of_rate(500 * token / second, {.rent = 3.6 * dollar / hour});
    const Report report = cost_of_rate(hardware(), busy, {}, today);
    CHECK(report.blocks.size() == 1);
    CHECK(text_of(report, "csv") ==
          "model,hw,gpus,tokens_per_s,usd_per_hour,usd_per_1k_output_tokens,"
          "usd_per_1m_output_tokens,usd_per_month\n"
          ",,2,500,3.6,0.002,2,2628\n");
}

TEST_CASE("the record of a rate that was given, and what was asked") {
    const Report report = cost_of_rate(hardware(), bill(), {}, today);
    CHECK(json_text(report.inputs) == "{\n  \"gpus\": 2,\n  \"tokens_per_s\": 500\n}\n");
    CHECK(report.result.members().size() == 1);
    CHECK(raw_at(report.result, "cost.basis") == "given");
    CHECK(raw_at(report.result, "cost.usd_per_1k_output_tokens") == "0.004");
    CHECK(raw_at(report.result, "cost.delivered_tokens_per_s") == "250");
}

TEST_CASE("how the price of a rate came about") {
    const Report report = cost_of_rate(hardware(), bill(), {}, today);
    REQUIRE(report.derivations.size() == 1);
    const Derivation& step = report.derivations[0];
    CHECK(step.path == "result.cost.usd_per_1k_output_tokens");
    CHECK(step.formula.starts_with("bill per hour / (utilization x output tokens per second)"));
    CHECK(step.numbers.starts_with("$3.60/h / (0.5 x 500.0 tokens/s)"));
    CHECK(step.numbers.ends_with(" = $0.004000"));
    CHECK(step.source == "--price");
}

TEST_CASE("a rate beside an API: a block of its own and a member of the result") {
    const Report report = cost_of_rate(hardware(), bill(), against_an_api(), today);
    CHECK(raw_at(report.result, "break_even.api.utilization") == "0.25");
    REQUIRE(report.blocks.size() == 3);
    const Text& text = std::get<Text>(report.blocks[2]);
    REQUIRE(text.lines.size() == 1);
    CHECK(text.lines[0].starts_with("the API asks $8.00 per 1M output tokens"));
}

}  // namespace cost_of_rate_test
