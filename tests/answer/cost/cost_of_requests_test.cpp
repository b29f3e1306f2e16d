#include "answer/cost/cost_of_requests.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace cost_of_requests_test {

using namespace roofline;

namespace {

// A step, with bills made by hand: $3.60/h over 500 tokens/s at best and 400 that are expected, a
// quarter of the time for prompts.
struct Asked {
    Prepared prepared;
    Evaluation evaluation;
    BreakEvens evens = {};

    explicit Asked(const std::string& scenario)
        : prepared(prepare(deployed(scenario))),
          evaluation(roofline::evaluate(prepared.deployment, Knowledge())) {
        const RequestTime request{.prefill = 1 * second,
                                  .decode = 3 * second,
                                  .input_tokens = 1000,
                                  .output_tokens = 500};
        const auto set_bill = [&](Basis basis, double tokens_per_s) {
            evaluation.figures[static_cast<std::size_t>(basis)].bill = bill_of_service(
                tokens_per_s * token / second, request, *tariff_of(prepared.deployment));
        };
        set_bill(Basis::bound, 500);
        set_bill(Basis::expected, 400);
    }

    Report report() const {
        const Calibration none;
        return cost_of_requests({prepared, evaluation, evens, none, *first_day("2026-11-22")});
    }
};

std::string page(const Asked& asked) {
    Report report = asked.report();
    report.assumptions.clear();
    return text_of(report);
}

}  // namespace

TEST_CASE("the cost of a step: $3.60/h over 400 tokens/s, $2.50 a million, a quarter for prompts") {
    const Asked one("llama-3.1-8b@h100 batch=4 isl=1000 osl=500 price=$3.6/h");
    CHECK(
        page(one) ==
        R"($0.00250 per 1K output tokens, $2.50 per 1M, prompts included, expected ($2.00 per 1M at best):
400 tokens/s, 25 % of the time for prompts
 llama-3.1-8b · bf16 weights · bf16 KV cache · 1 x h100-sxm · batch 4 · prompt 1,000 · context 1,250
 $3.60/h per device, as given

 $3.60/h for all devices, $2,628.00 a month of 730 h, $0.00125 a request

 Where the money goes, by device time
 tokens  per request  of the bill     1M of its own  share
 input         1,000     $0.900/h  $0.313/1M tokens   25 % █████████████▋
 output          500      $2.70/h   $1.88/1M tokens   75 % █████████████████████████████████████████
)");
    CHECK(text_of(one.report(), "csv") ==
          "model,hw,gpus,tokens_per_s,usd_per_hour,usd_per_1k_output_tokens,"
          "usd_per_1m_output_tokens,usd_per_month\n"
          "llama-3.1-8b,h100-sxm,1,500,3.6,0.002,2,2628\n");
}

TEST_CASE("the record of a step's cost: the bill, the memory and the figures at best") {
    const Asked one("llama-3.1-8b@h100 batch=4 isl=1000 osl=500 price=$3.6/h");
    const Report report = one.report();
    CHECK(report.command == "cost");
    CHECK(raw_at(report.inputs, "batch") == "4");
    CHECK(raw_at(report.result, "cost.basis") == "bound");
    CHECK(raw_at(report.result, "cost.usd_per_request") == "0.001");
    CHECK(raw_at(report.result, "expected_cost.basis") == "expected");
    CHECK(raw_at(report.result, "expected_cost.usd_per_request") == "0.00125");
    CHECK(raw_at(report.result, "memory.kv_bytes") ==
          "662700032");  // 131,072 B x 79 pages of 16 x 4
    CHECK(raw_at(report.result, "metrics.usd_per_1m_output_tokens") == "2");
    CHECK(raw_at(report.result, "metrics.power_w") == "700");
    CHECK(report.result.find("break_even") == nullptr);
}

TEST_CASE("where nothing is expected the cost of a step is that at best") {
    Asked one("llama-3.1-8b@h100 batch=4 isl=1000 osl=500 price=$3.6/h");
    one.evaluation.figures[static_cast<std::size_t>(Basis::expected)].bill.reset();
    CHECK(one.report().verdict ==
          "$0.00200 per 1K output tokens, $2.00 per 1M, prompts included, at best: 500 tokens/s, "
          "25 % of the time for prompts");
    CHECK(raw_at(one.report().result, "expected_cost") == "null");
}

TEST_CASE(
    "what the cost of a step rests on: a bound's assumptions, the fit, and that nothing is idle") {
    const Asked one("llama-3.1-8b@h100 batch=4 price=$3.6/h");
    const Report report = one.report();
    REQUIRE(report.assumptions.size() == 9);
    CHECK(report.assumptions[5].id == "efficiency");
    CHECK(report.assumptions[5].source == "a bound, not a forecast");
    CHECK(report.assumptions[7].id == "expected");
    CHECK(report.assumptions[8].text == "share of every paid hour that serves requests");
    CHECK(report.assumptions[8].source == "no idle time");
    CHECK(report.warnings.empty());
    const Report ranks = Asked("llama-3.1-8b@h100x2 dp=2 batch=4 price=$3.6/h").report();
    REQUIRE(ranks.warnings.size() == 1);
    CHECK(ranks.warnings[0].code == "W202");
}

TEST_CASE("a dated price says its age, and a break-even follows the split") {
    Asked one("llama-3.1-8b@h100 batch=4 isl=1000 osl=500 price=$3.6/h");
    RentalPrice& rental = *one.prepared.deployment.rental;
    rental.provider = "Lambda";
    rental.mode = "spot";
    rental.date = "2026-11-12";
    const MoneyPerToken output = 8e-6 * dollar / token;
    one.evens.api = ApiComparison{.api = {.output = output},
                                  .even = {.api = output,
                                           .ours = 2e-6 * dollar / token,
                                           .utilization = 0.25,
                                           .output = 125 * token / second}};
    const std::string text = page(one);
    CHECK(text.find("\n $3.60/h per device, Lambda spot of 2026-11-12 (10 days old)\n") !=
          std::string::npos);
    CHECK(text.ends_with("break-even at 25 %\n   use, 125 tokens/s\n"));
    CHECK(raw_at(one.report().result, "break_even.api.utilization") == "0.25");
}

}  // namespace cost_of_requests_test
