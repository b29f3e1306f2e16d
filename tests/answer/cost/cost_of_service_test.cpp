#include "answer/cost/cost_of_service.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace cost_of_service_test {

using namespace roofline;

namespace {

// A served deployment with a bill made by hand: $3.60/h over 500 tokens/s, a quarter of the time
// for prompts, and a band of 0.8 to 1.25 of the output.
struct Asked {
    Evaluation evaluation;
    Prepared prepared;
    BreakEvens evens = {};
    Calibration calibration = {};

    explicit Asked(LoweredDeployment lowered)
        : evaluation(lowered.evaluate()), prepared(lowered.prepared()) {
        const RequestTime request{.prefill = 1 * second,
                                  .decode = 3 * second,
                                  .input_tokens = 1000,
                                  .output_tokens = 500};
        evaluation.figures[static_cast<std::size_t>(Basis::expected)].bill =
            bill_of_service(500 * token / second, request, *tariff_of(prepared.deployment));
        auto& outcome = std::get<ServedOutcome>(evaluation.outcome);
        outcome.band.output = {.low = 0.8, .high = 1.25};
        outcome.measured = true;
    }

    explicit Asked(const std::string& scenario)
        : Asked(LoweredDeployment(deployed(scenario), Knowledge())) {}

    Report report() const {
        return cost_of_service(
            {prepared, evaluation, evens, calibration, *first_day("2026-11-22")});
    }
};

std::string page(const Asked& asked) {
    Report report = asked.report();
    report.assumptions.clear();
    return text_of(report);
}

}  // namespace

TEST_CASE("the cost of a load: $2 a million tokens, $1.60 at 1.25 and $2.50 at 0.8 of the output") {
    const Asked one("llama-3.1-8b@h100 concurrency=16 isl=1000 osl=500 price=$3.6/h");
    CHECK(
        page(one) ==
        R"($0.00200 per 1K output tokens, $2.00 per 1M, prompts included, expected of vllm at concurrency 16:
500 tokens/s
 llama-3.1-8b · bf16 weights · bf16 KV cache · 1 x h100-sxm · vllm · concurrency 16 · prompt 1,000 ·
   answer 500
 $3.60/h per device, as given
 eight in ten servers like it: $1.60 to $2.50 per 1M output tokens

 $3.60/h for all devices, $2,628.00 a month of 730 h, $0.00100 a request

 Where the money goes, by device time
 tokens  per request  of the bill     1M of its own  share
 input         1,000     $0.900/h  $0.250/1M tokens   25 % █████████████▋
 output          500      $2.70/h   $1.50/1M tokens   75 % █████████████████████████████████████████
)");
    CHECK(text_of(one.report(), "csv") ==
          "model,hw,gpus,tokens_per_s,usd_per_hour,usd_per_1k_output_tokens,"
          "usd_per_1m_output_tokens,usd_per_month\n"
          "llama-3.1-8b,h100-sxm,1,500,3.6,0.002,2,2628\n");
}

TEST_CASE("the record of a load's cost, with its band") {
    const Asked one("llama-3.1-8b@h100 concurrency=16 isl=1000 osl=500 price=$3.6/h");
    const Report report = one.report();
    CHECK(report.command == "cost");
    CHECK(raw_at(report.inputs, "concurrency") == "16");
    CHECK(raw_at(report.result, "cost.basis") == "expected");
    CHECK(raw_at(report.result, "cost.usd_per_1m_output_tokens_low") == "1.6");
    CHECK(raw_at(report.result, "cost.usd_per_1m_output_tokens_high") == "2.5");
    CHECK(raw_at(report.result, "memory.weights_bytes") == "16060522496");
    CHECK(raw_at(report.result, "measured") == "true");
    CHECK(report.result.find("break_even") == nullptr);
}

TEST_CASE("nothing like it measured: the band says so, and so does the record") {
    Asked one("llama-3.1-8b@h100 concurrency=16 price=$3.6/h");
    std::get<ServedOutcome>(one.evaluation.outcome).measured = false;
    CHECK(page(one).find("\n eight in ten servers (not measured, the widest band there is): $1.60 "
                         "to $2.50 per 1M output tokens\n") != std::string::npos);
    CHECK(raw_at(one.report().result, "measured") == "false");
}

TEST_CASE("what arrives is what leaves: under a rate the cost has no band") {
    const Asked one("llama-3.1-8b@h100 engine=sglang rate=2 isl=1000 osl=500 price=$3.6/h");
    const std::string text = page(one);
    CHECK(one.report().verdict ==
          "$0.00200 per 1K output tokens, $2.00 per 1M, prompts included, expected of sglang at 2 "
          "requests/s: 500 tokens/s");
    CHECK(text.find("h100-sxm · sglang · 2 requests/s · prompt 1,000 ·\n   answer 500\n "
                    "$3.60/h per device, as given\n\n") != std::string::npos);
    CHECK(raw_at(one.report().result, "cost.usd_per_1m_output_tokens_low") == "null");
    CHECK(raw_at(one.report().result, "cost.usd_per_1m_output_tokens_high") == "null");
}

TEST_CASE("a service with a dated price says its age, and a break-even follows the split") {
    Asked one("llama-3.1-8b@h100 concurrency=16 price=$3.6/h");
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

TEST_CASE("a served cost rests on fitted efficiencies, routing, its calibration and full hours") {
    Asked one("qwen3-30b-a3b@h100 concurrency=16 price=$3.6/h engine=vllm@0.11");
    one.calibration = {.device = "l4", .model = "m", .engine = "vllm", .file = "profile.json"};
    const Report report = one.report();
    std::vector<std::string> ids;
    for (const AssumptionNote& note : report.assumptions) ids.push_back(note.id);
    CHECK(ids == std::vector<std::string>{"mem_share", "max_model_len", "max_num_seqs",
                                          "step_tokens", "expert_spread", "price", "expected",
                                          "calibration", "utilization"});
    CHECK(report.assumptions.back().text == "share of every paid hour that has this load");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W303");
}

}  // namespace cost_of_service_test
