#include "answer/plan/plan_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

#include <sstream>

namespace plan_report_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");
const Metric& ttft = the_metric("ttft");

PlanCandidate candidate(const std::string& scenario, double seconds) {
    PlanCandidate one{
        .deployment = deployed("llama-3.1-8b@" + scenario + " pp=1 dp=1 ep=1 price=$2/h"),
        .answer = {},
        .fate = Fate::holds,
        .objective = 0.5,
        .broken = {}};
    one.deployment.rental->provider = "House";
    one.deployment.rental->mode = "spot";
    one.deployment.rental->date = "2026-11-01";
    one.deployment.rental->from.source = "our contract";
    one.answer.measured = true;
    one.answer.set(tpot, seconds);
    one.answer.set(the_metric("tokens_per_s"), 2000);
    one.answer.set(the_metric("usd_per_1m_output"), 0.5);
    return one;
}

PlanCandidate narrow() {
    return candidate("h100-sxm quant=fp8 tp=2 replicas=2 concurrency=8", 0.015);
}
PlanCandidate published() {
    PlanCandidate one = candidate("l40s quant=bf16 tp=1 replicas=1 rate=0.5", 0.02);
    one.answer.measured = false;
    return one;
}
PlanCandidate slow() {
    PlanCandidate one = candidate("l40s quant=bf16 tp=1 replicas=1 concurrency=8", 0.03);
    one.fate = Fate::breaks_level;
    one.worst = 1;
    one.excess = 0.2;
    return one;
}

AskedPlan asked() {
    AskedPlan asked{
        .question = {.devices = {deployed("llama-3.1-8b@h100-sxm"), deployed("llama-3.1-8b@l40s")},
                     .concurrency = 16,
                     .formats = {},
                     .levels = {{.metric = &ttft, .limit = 1}, {.metric = &tpot, .limit = 0.025}},
                     .most_gpus = 8,
                     .knowledge = {}},
        .base = {.model = deployed("llama-3.1-8b@l40s").model, .isl = 2048},
        .unpriced = {"strix-halo"}};
    return asked;
}

Plan of_trials() {
    return {.trials = {{.device = 1,
                        .fates = {4, 1, 0, 0, 2},
                        .left_out = 3,
                        .broken = {1, 2},
                        .best = {},
                        .alone = {},
                        .refusal = Fault{.code = ErrorCode::does_not_divide,
                                         .message = "`tp 8` does not divide 28 heads"}}},
            .ranking = {},
            .relaxations = {},
            .most_gpus = 8};
}

Report report_of(const AskedPlan& asked, const Plan& plan, std::vector<PlanCandidate> best) {
    return plan_report({.asked = asked,
                        .plan = plan,
                        .best = std::move(best),
                        .other_flags = " --prices p.json",
                        .today = parse_day("2026-11-22", "today")});
}

// JSON on one line.
std::string flat(const Value& value) {
    std::istringstream lines(json_text(value));
    std::string all;
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, line.find_first_not_of(' '));
        all += line.ends_with(',') ? line + ' ' : line;
    }
    return all;
}

}  // namespace

TEST_CASE("a plan: the best first, how to ask for more of it, what was tried, and on what price") {
    const Report report = report_of(asked(), of_trials(), {narrow(), published()});
    CHECK(report.command == "plan");
    CHECK(
        text_of(report) ==
        R"(best: 4 x h100-sxm, tp 2, replicas 2, fp8: $0.500 per 1M output tokens, first token unknown (limit
1.00 s), per token 15.0 ms (limit 25.0 ms)

 #  hardware      layout            quant  first token  per token  tokens/s  $ per 1M output
 1  4 x h100-sxm  tp 2, replicas 2  fp8              –    15.0 ms     2,000           $0.500
 2  1 x l40s      one device        bf16             –    20.0 ms     2,000           $0.500

 more of the first:
  roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 2 --replicas 2 --quant fp8 --concurrency 8 \
    --price '2 USD/h' --prices p.json

 tried 10 deployments on 2 devices: 4 hold, 1 cannot be (heads, links or precision), 2 break a
   limit, 3 cannot beat another of their count
 left out for want of a price: 1 device (strix-halo); --price gives them one

 * weights narrower than bf16: what that costs in quality is not counted (--quant bf16 keeps them as
   published)
 rests on 3 assumptions (--why)
)");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W302");
    CHECK(report.warnings[0].message ==
          "arrivals at a rate were not measured: the band is the widest there is");
}

TEST_CASE("weights as published narrow nothing, and a device's price and warning are said once") {
    AskedPlan question = asked();
    question.question.basis = Basis::bound;
    const Report report = report_of(question, of_trials(), {published(), published()});
    CHECK(report.warnings.size() == 1);
    CHECK(text_of(report).find("\n its expected figures:\n  roofline estimate llama-3.1-8b ") !=
          std::string::npos);
    REQUIRE(report.assumptions.size() == 2);
    CHECK(report.assumptions[0].id == "price");
    CHECK(report.assumptions[1].id == "memory");
    CHECK(report_of(asked(), of_trials(), {narrow()}).assumptions[1].id == "narrowed_weights");
}

TEST_CASE("promised figures, throughput, and cost where it counts are the last to go") {
    const auto asked_for = [](Objective objective) {
        AskedPlan question = asked();
        question.question.objective = objective;
        const Report report = report_of(question, of_trials(), {narrow()});
        std::string keys;
        for (const Column& column : std::get<Table>(report.blocks.at(1)).columns)
            if (column.need == Need::asked) keys += column.key + " ";
        return keys;
    };
    CHECK(asked_for(Objective::cost) == "hardware ttft_s tpot_s usd_per_1m_output_tokens ");
    CHECK(asked_for(Objective::gpus) == "hardware ttft_s tpot_s ");
}

TEST_CASE("a plan's columns for machines") {
    CHECK(
        text_of(report_of(asked(), of_trials(), {narrow(), published()}), "csv") ==
        R"(rank,hw,tp,pp,dp,ep,replicas,quant,concurrency,rate,ttft_s,tpot_s,e2e_s,tokens_per_s,memory_bytes,gpus,power_w,usd_per_1k_output_tokens,usd_per_1m_output_tokens,usd_per_1m_input_tokens,usd_per_month,command
1,h100-sxm,2,1,1,1,2,fp8,8,,,0.015,,2000,,,,,0.5,,,roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 2 --replicas 2 --quant fp8 --concurrency 8 --price '2 USD/h' --prices p.json
2,l40s,1,1,1,1,1,bf16,,0.5,,0.02,,2000,,,,,0.5,,,roofline estimate llama-3.1-8b --hw l40s --quant bf16 --rate 0.5 --price '2 USD/h' --prices p.json
)");
}

TEST_CASE("a plan's record: what was asked, every plan, and what became of each device") {
    AskedPlan question = asked();
    const Report report = report_of(question, of_trials(), {narrow()});
    CHECK(
        flat(report.inputs) ==
        R"({"model": "llama-3.1-8b", "isl": 2048, "slo": [{"metric": "ttft", "limit": 1}, )"
        R"({"metric": "tpot", "limit": 0.025}], "formats": null, "concurrency": 16, "rate": null, )"
        R"("tokens_per_day": null, "objective": "cost", "max_gpus": 8, "basis": "expected", )"
        R"("devices": ["h100-sxm", "l40s"]})");
    CHECK(
        flat(report.result) ==
        R"({"plans": [{"hw": "h100-sxm", "gpus": 4, "tp": 2, "pp": 1, "dp": 1, "ep": 1, )"
        R"("replicas": 2, "quant": "fp8", "concurrency": 8, "rate": null, "requests": null, "waiting": null, )"
        R"("starts": "yes", "price": "house/spot", )"
        R"("metrics": {"ttft_s": null, "tpot_s": 0.015, "e2e_s": null, "tokens_per_s": 2000, )"
        R"("memory_bytes": null, "gpus": null, "power_w": null, "usd_per_1k_output_tokens": null, )"
        R"("usd_per_1m_output_tokens": 0.5, "usd_per_1m_input_tokens": null, "usd_per_month": )"
        R"(null}, "command": "roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 2 --replicas 2 )"
        R"(--quant fp8 --concurrency 8 --price '2 USD/h' --prices p.json"}], "nearest": null, )"
        R"("relax": [], "searched_gpus": 8, "tried": 10, "devices": [{"hw": "l40s", "hold": 4, "cannot_be": 1, )"
        R"("do_not_fit": 0, "cannot_keep_up": 0, "break_a_limit": 2, "without_objective": 0, )"
        R"("do_not_settle": 0, "beaten": 3, "breaks": {"ttft": 1, "tpot": 2}, "refusal": "--tp 8 does not divide 28 )"
        R"(heads"}], "unpriced": ["strix-halo"]})");
    question.question.formats = {WeightFormat::fp8, WeightFormat::int4};
    CHECK(raw_at(report_of(question, of_trials(), {narrow()}).inputs, "formats") == "fp8,int4");
}

TEST_CASE("where nothing holds: what came closest, and which limit alone is in the way") {
    Plan plan = of_trials();
    plan.nearest = slow();
    plan.relaxations = {{.level = 1, .candidate = slow()}};
    const Report report = report_of(asked(), plan, {});
    CHECK(report.verdict ==
          "no deployment of up to 8 devices keeps time to the first token ≤ 1.00 s and time per "
          "token "
          "≤ 25.0 ms; closest: 1 x l40s, one device, bf16: first token unknown (limit 1.00 s), per "
          "token 30.0 ms (limit 25.0 ms)");
    CHECK(text_of(report).find(R"(
 relax time per token to 30.0 ms (20 % past 25.0 ms): 1 x l40s, one device, bf16

 tried 10 deployments on 2 devices: 4 hold, 1 cannot be (heads, links or precision), 2 break a
   limit, 3 cannot beat another of their count
)") != std::string::npos);
    CHECK(raw_at(report.result, "nearest.breaks") == "tpot");
    CHECK(raw_at(report.result, "nearest.excess") == "0.2");
    CHECK(raw_at(report.result, "relax[0].limit") == "tpot");
    CHECK(raw_at(report.result, "relax[0].to") == "0.03");
    CHECK(raw_at(report.result, "relax[0].plan.hw") == "l40s");
}

TEST_CASE(
    "where several limits are in the way at once no single one is named, or nothing came near") {
    Plan plan = of_trials();
    CHECK(report_of(asked(), plan, {}).verdict ==
          "no deployment of up to 8 devices keeps time to the first token ≤ 1.00 s and time per "
          "token "
          "≤ 25.0 ms");
    CHECK(text_of(report_of(asked(), plan, {})).find("no single") == std::string::npos);
    plan.nearest = slow();
    CHECK(text_of(report_of(asked(), plan, {}))
              .find("\n no single limit is the only one in the way\n") != std::string::npos);
}

}  // namespace plan_report_test
