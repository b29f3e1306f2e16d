#include "answer/estimate/estimate_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace estimate_report_test {

using namespace roofline;

namespace {

PreparedService service(const std::string& scenario) {
    return prepare_service(deployed(scenario), Efficiency());
}

// 4 ms of a decode step and an eighth of 16 ms of prompts; 3 ms of launches; 1 ms of a prompt's 8:
// 10 ms. A cache of 131,072 B x (1024 + 256 / 2) tokens x 8 sequences is 1.21 GB.
SteadyState state() {
    SteadyState now{.time_per_token = 10 * millisecond,
                    .requests = 10,
                    .capacity = 400.75,
                    .admitted = 9,
                    .decoding = 8,
                    .prefill_share = 0.25,
                    .tokens_per_step = 2,
                    .longest_step = 31 * millisecond,
                    .prompts_per_token = 0.125,
                    .converged = true};
    const auto set = [](StepTime& time, StepTerm term, Seconds seconds) {
        time.by_term[static_cast<std::size_t>(term)] = seconds;
    };
    set(now.decode_step, StepTerm::projections, 4 * millisecond);
    set(now.prompt_step, StepTerm::projections, 16 * millisecond);
    set(now.decode_step, StepTerm::launches, 3 * millisecond);
    set(now.prompt_step, StepTerm::prefill_attention, 8 * millisecond);
    return now;
}

Evaluation evaluation_of(const PreparedService& service) {
    const BandRow band{
        .time_per_token = {1, 2}, .time_to_first_token = {1, 2}, .output = {0.5, 1}, .rows = 12};
    return {.deployment = service.prepared.deployment,
            .memory = memory_of(service.prepared),
            .outcome = ServedOutcome{.state = state(),
                                     .expected = {.time_to_first_token = 100 * millisecond,
                                                  .time_per_token = 10 * millisecond,
                                                  .end_to_end = 2.5 * second,
                                                  .output = 800 * token / second,
                                                  .output_per_gpu = 400 * token / second,
                                                  .output_per_user = 100 * token / second},
                                     .bound = {.time_to_first_token = 20 * millisecond,
                                               .time_per_token = 5 * millisecond,
                                               .end_to_end = 1.25 * second,
                                               .output = 1600 * token / second,
                                               .output_per_gpu = 800 * token / second,
                                               .output_per_user = 200 * token / second},
                                     .bill = {},
                                     .band = band,
                                     .measured = true},
            .measured = true};
}

Report report_of(const PreparedService& service, const Evaluation& evaluation) {
    Report report = estimate_report(service, evaluation, {}, {});
    report.assumptions.clear();
    report.derivations.clear();
    return report;
}

Report one_device() {
    const PreparedService one =
        service("llama-3.1-8b@h100 concurrency=10 isl=1024 osl=256 engine=vllm@0.11");
    return report_of(one, evaluation_of(one));
}

}  // namespace

TEST_CASE("the page of an estimate: 1.36 GB of cache, and where 6 + 3 + 1 ms of a token go") {
    CHECK(
        text_of(one_device()) ==
        R"(llama-3.1-8b on 1 x h100-sxm, vllm@0.11 at concurrency 10: 1 of 10 requests wait for a place in the
cache; 100 ms to the first token, 10.0 ms per token (5.00 ms at best), 800 tokens/s

 figure               expected            low          high         at best
 first token            100 ms         100 ms        200 ms         20.0 ms
 per token             10.0 ms        10.0 ms       20.0 ms         5.00 ms
 whole answer           2.50 s         2.50 s        5.00 s          1.25 s
 output           800 tokens/s   400 tokens/s  800 tokens/s  1,600 tokens/s
 output per GPU   400 tokens/s   200 tokens/s  400 tokens/s    800 tokens/s
 output per user  100 tokens/s  50.0 tokens/s  100 tokens/s    200 tokens/s
 low to high: holds eight in ten of 12 measured runs of vllm at 1 and more requests, of models that
 were left out

 bf16 weights · bf16 KV cache · prompt 1,024 · answer 256
 Memory  ▕█████████████▎                               ▏ 22.7 GB of 76.4 GB (30 %)
   weights 16.1 GB · KV cache 1.36 GB · reserve 5.24 GB → room for 400 sequences

 a token            expected  at full rates  of roof  in its step  share
 projections         6.00 ms         401 µs      7 %      4.00 ms   60 % ███████████████████████████
 launches            3.00 ms              –        –      3.00 ms   30 % █████████████▌
 prefill attention   1.00 ms              –        –         none   10 % ████▌
 8 sequences in a mean step, 9 of 10 requests admitted; the longest step, with a prompt, takes
 31.0 ms

 1 more column with --width 102: prompts between
)");
}

TEST_CASE("an estimate's terms have their step, the prompts between, and what is best") {
    const Report report = one_device();
    const Table& table = std::get<Table>(report.blocks.at(4));
    std::string keys;
    for (const Column& column : table.columns) keys += column.key + " ";
    CHECK(keys == "name expected_s bound_s roof_share step_s prompts_s share ");
    Row row;
    REQUIRE(table.next(row));
    CHECK(std::get<std::string>(row[0]) == "projections");
    CHECK_THAT(std::get<Measure>(row[1]).value, WithinRel(0.006, 1e-12));
    CHECK_THAT(std::get<Measure>(row[4]).value, WithinRel(0.004, 1e-12));
    CHECK_THAT(std::get<Measure>(row[5]).value, WithinRel(0.002, 1e-12));
    CHECK_THAT(std::get<Share>(row[6]).fraction, WithinRel(0.6, 1e-12));
}

TEST_CASE("an estimate's terms, longest first, and its steady state") {
    const Report report = one_device();
    CHECK(report.command == "estimate");
    CHECK(raw_at(report.inputs, "concurrency") == "10");
    CHECK(raw_at(report.result, "tpot_s") == "0.01");
    CHECK(raw_at(report.result, "measured") == "true");
    CHECK(raw_at(report.result, "open_loop") == "null");
    CHECK(report.result.find("cost") == nullptr);
    CHECK(std::get<List>(report.result.find("terms")->data).size() == step_term_count);
    CHECK(json_text(*value_at(report.result, "terms[0]")) == R"({
  "name": "projections",
  "step_s": 0.004,
  "prompts_s": 0.002,
  "tpot_s": 0.006,
  "share": 0.6
}
)");
    CHECK(raw_at(report.result, "terms[1].name") == "launches");
    CHECK(raw_at(report.result, "terms[2].name") == "prefill attention");
    CHECK(json_text(*report.result.find("state")) == R"({
  "capacity_sequences": 400.75,
  "admitted": 9,
  "decoding": 8,
  "prompts_per_token": 0.125,
  "prefill_share": 0.25,
  "tokens_per_step": 2,
  "decode_step_s": 0.014,
  "prompt_step_s": 0.024,
  "longest_step_s": 0.031,
  "converged": true
}
)");
    CHECK(json_text(*report.result.find("memory")) == R"({
  "reported_bytes": 84942979072,
  "weights_bytes": 16060522496,
  "working_bytes": 5110339993.599999,
  "other_bytes": 128849018.88,
  "graphs_bytes": 0,
  "room_bytes": 55148969656.32001,
  "need_bytes": 167772160,
  "spread_bytes": 644245094.4,
  "starts": "yes",
  "cache_tokens": 420752,
  "kv_bytes": 1358954496,
  "reserve_bytes": 5239189012.48,
  "used_bytes": 22658666004.48,
  "usable_bytes": 76448681164.8,
  "fits": true,
  "short_bytes": 0,
  "max_batch": 365,
  "max_context_tokens": 131072,
  "max_sequences": 400.75
}
)");
    CHECK(raw_at(report.result, "efficiency.weights_bandwidth") == "1");
    CHECK(raw_at(report.result, "efficiency.layer_time_s") == "0");
}

TEST_CASE("two replicas at $3.60/h each under a rate: $7.20 over 800 x 3600 tokens") {
    const PreparedService two =
        service("llama-3.1-8b@h100x2 replicas=2 rate=4 isl=1024 osl=256 price=$3.6/h");
    Evaluation evaluation = evaluation_of(two);
    evaluation.open = OpenLoop{.rate = 4, .capacity = 16, .utilization = 0.25, .concurrency = 10};
    evaluation.figures[static_cast<std::size_t>(Basis::expected)].bill =
        bill_of_rate(800 * token / second, *tariff_of(two.prepared.deployment));
    std::get<ServedOutcome>(evaluation.outcome).bill = evaluation.on(Basis::expected).bill;
    const Report report = report_of(two, evaluation);
    CHECK(report.verdict ==
          "llama-3.1-8b on 2 x h100-sxm, vllm at concurrency 10 per replica: 2 of 20 requests "
          "wait for a place in the cache; 100 ms to the first token, 10.0 ms per token (5.00 ms at "
          "best), 800 tokens/s, $2.50 per 1M output with its prompts. 4 requests/s are 25 % of "
          "what it can keep up "
          "with");
    CHECK(raw_at(report.result, "open_loop.rate_per_s") == "4");
    CHECK(raw_at(report.result, "cost.basis") == "expected");
    const std::string page = text_of(report, "table", 200);
    CHECK(page.find("\n within ") != std::string::npos);
    CHECK(page.find(" · replicas 2 · prompt 1,024 · answer 256\n") != std::string::npos);
}

TEST_CASE("an estimate has derivations, assumptions, its calibration and its warnings") {
    const PreparedService one = service("llama-3.1-8b@h100 concurrency=10");
    Evaluation evaluation = evaluation_of(one);
    std::get<ServedOutcome>(evaluation.outcome).measured = false;
    evaluation.measured = false;
    const Report report = estimate_report(
        one, evaluation, {},
        {.scales = {}, .device = "l4", .model = "m", .engine = "vllm", .file = "c"});
    const auto derived = [&](const std::string& path) {
        return std::ranges::find(report.derivations, path, &Derivation::path) !=
               report.derivations.end();
    };
    CHECK(derived("result.ttft_s"));
    CHECK(derived("result.memory.room_bytes"));
    CHECK(report.assumptions.front().id == "engine_release");
    CHECK(report.assumptions.back().id == "calibration");
    REQUIRE(report.warnings.size() == 3);
    CHECK(report.warnings[0].code == "W303");
    CHECK(report.warnings[1].code == "W307");
    CHECK(report.warnings[2].code == "W302");
}

TEST_CASE("24 requests/s of 16 are too many for 2 replicas: 2 x 1.5 / 0.8 are 4, at 75 %") {
    const PreparedService two = service("llama-3.1-8b@h100x2 replicas=2 rate=24");
    Report report = overload_report(two, {.rate = 24, .capacity = 16, .utilization = 1.5});
    CHECK(report.command == "estimate");
    CHECK(raw_at(report.inputs, "rate") == "24");
    CHECK(report.assumptions.front().id == "engine_release");
    report.assumptions.clear();
    CHECK(
        text_of(report) ==
        R"(llama-3.1-8b on 2 x h100-sxm cannot keep up with 24 requests/s: 16 is its capacity with vllm
 bf16 weights · bf16 KV cache · replicas 2 · prompt 1,024 · answer 256

 4 replicas of 1 x h100-sxm would run at 75 %:
  roofline estimate llama-3.1-8b --hw h100-sxmx4 --replicas 4 --rate 24
)");
    CHECK(json_text(report.result) == R"({
  "ttft_s": null,
  "tpot_s": null,
  "e2e_s": null,
  "tokens_per_s": null,
  "open_loop": {
    "rate_per_s": 24,
    "capacity_per_s": 16,
    "utilization": 1.5,
    "concurrency": null
  },
  "replicas_for_80_percent": 4,
  "next": "roofline estimate llama-3.1-8b --hw h100-sxmx4 --replicas 4 --rate 24"
}
)");
}

}  // namespace estimate_report_test
