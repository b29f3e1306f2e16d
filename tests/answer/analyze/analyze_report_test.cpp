#include "answer/analyze/analyze_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace analyze_report_test {

using namespace roofline;

namespace {

StepOutcome& step_of(Evaluation& evaluation) { return std::get<StepOutcome>(evaluation.outcome); }

/// Expected are 127 ms for a prompt and 13 ms for a token, whatever the fit says.
Evaluation analyzed(const std::string& scenario) {
    Evaluation evaluation = evaluated(scenario);
    if (step_of(evaluation).expected)
        step_of(evaluation).expected = {.prompt = 127 * millisecond, .token = 13 * millisecond};
    return evaluation;
}

/// A token takes `share` of the 13 ms, on `gpus`.
HelpfulLever lever(std::string change, double share, double gpus = 1) {
    HelpfulLever result{.lever = {.change = std::move(change), .deployment = {}, .outcome = {}},
                        .figures = {.memory = {}, .gpus = gpus},
                        .saves = 1 - share};
    result.figures.time_per_token = share * 13 * millisecond;
    return result;
}

// Of the 13 ms of a token 8 are attention's, 3 one product's and 2 what launches take.
const std::vector<StepPart> thirteen{
    {StepTerm::decode_attention, OperatorKind::attention, 8 * millisecond},
    {StepTerm::feed_forward, OperatorKind::gate_up_projection, 3 * millisecond},
    {StepTerm::launches, std::nullopt, 2 * millisecond}};

Report report_of(const Evaluation& evaluation, const std::vector<StepPart>& parts = {},
                 const std::vector<HelpfulLever>& levers = {}) {
    return analyze_report(prepare(evaluation.deployment), evaluation, parts, levers);
}

Report report_of(const std::string& scenario) { return report_of(analyzed(scenario)); }

bool says(const Report& report, const std::string& words) {
    return text_of(report, "table", 400).find(words) != std::string::npos;
}

/// The header that a table has in CSV.
std::string header_of(const Block& block) {
    Report report;
    report.blocks.push_back(block);
    const std::string text = text_of(report, "csv");
    return text.substr(0, text.find('\n'));
}

constexpr auto priced =
    "llama-3.1-8b@h100-sxm batch=32 isl=4k context=4k price=$2.5/h engine=vllm@0.11";

}  // namespace

// 32 x 4,096 tokens of 131,072 bytes and 15 GB of weights: 32.2 GB at 3.35 TB/s. A request takes
// 62.5 ms and 255 of the steps' 32nd parts, 139.1 ms in all, for 256 tokens.
TEST_CASE("a step: 32.2 GB in 9.61 ms, 32 tokens each, $2.50 an hour over 1,840 tokens/s") {
    const Evaluation evaluation = analyzed(priced);
    const std::string page =
        text_of(report_of(evaluation, thirteen,
                          {lever("`hw h100-sxmx2` `tp 2`", 0.5, 2), lever("`quant fp8`", 0.75)}));
    CHECK(
        page.substr(0, page.find("\n * ")) ==
        R"(decode is memory-bound: 17.1 FLOP/byte against a ridge of 295 (bf16). At best 9.61 ms per token,
3,330 tokens/s

 llama-3.1-8b · bf16 weights · bf16 KV cache · 1 x h100-sxm · batch 32 · prompt 4,096 · context
   4,096

 Memory  ▕██████████          ▏ 38.5 GB of 76.4 GB (50 %)
   weights 16.1 GB · KV cache 17.2 GB · reserve 5.24 GB → batch ≤ 102

 PHASE    BOUND    AT BEST  EXPECTED  TOKENS/S  FLOP/BYTE    BYTES         WORK  BETWEEN OPERATORS
 prefill  compute  62.5 ms    127 ms    65,487      3,961  15.5 GB   61.6 TFLOP            21.5 GB
 decode   memory   9.61 ms   13.0 ms     3,330       17.1  32.2 GB  0.549 TFLOP           0.177 GB
 prefill: one prompt of 4,096 tokens; decode: one step of 32 sequences, each with 4,096 tokens in
 the cache
 expected: each token 0.88 to 1.2 times, first token 0.77 to 1.5 times, in eight of ten measured
 runs

 Decode step, operator by operator
 OPERATOR            DTYPE        WORK    BYTES      TIME               SHARE  BOUND
 attention           bf16   68.7 GFLOP  17.2 GB   5.13 ms  ██████▍       53 %  memory
 gate+up projection  bf16    241 GFLOP  7.52 GB   2.24 ms  ██▊           23 %  memory
 down projection     bf16    120 GFLOP  3.76 GB   1.12 ms  █▍            12 %  memory
 qkv projection      bf16   51.5 GFLOP  1.61 GB  0.481 ms  ▌              5 %  memory
 output projection   bf16   34.4 GFLOP  1.07 GB  0.321 ms  ▍              3 %  memory
 lm_head             bf16   33.6 GFLOP  1.05 GB  0.314 ms  ▍              3 %  memory

 What would help most:  --quant fp8 → 7.21 ms (-25 %)  ·  --hw h100-sxmx2 --tp 2 → 4.80 ms (-50 %, 2
   GPUs)

 Cost at best: $0.000377 per 1K output tokens, $0.377 per 1M, prompts included; $2.50/h per device,
   as given
)");
}

// Tables look up tokens beside: less than a thousandth.
TEST_CASE("operators and fixed times of a step are its expected time, whatever reads the cache") {
    for (const char* scenario :
         {"llama-3.1-8b@h100-sxm batch=32", "qwen3-next-80b-a3b@h100-sxmx4 tp=4 batch=16",
          "nemotron-h-56b@h100-sxmx4 tp=4 batch=64", "deepseek-v3.2@h200-sxmx8 tp=8 batch=64"}) {
        INFO(scenario);
        LoweredDeployment lowered(deployed(scenario), Knowledge());
        const Evaluation evaluation = lowered.evaluate();
        const Report report =
            analyze_report(lowered.prepared(), evaluation, lowered.expected_parts(evaluation), {});
        const Table& table = std::get<Table>(report.blocks.at(4));
        REQUIRE(table.columns.at(1).key == "expected_s");
        REQUIRE(table.columns.at(3).key == "roof_share");
        double sum = 0;
        const NextRow next = table.next;
        for (Row row; next(row);) {
            INFO(std::get<std::string>(row[0]));
            if (const auto* time = std::get_if<Measure>(&row[1])) sum += time->value;
            if (const auto* share = std::get_if<Share>(&row[3])) CHECK(share->fraction <= 1);
        }
        CHECK_THAT(sum / evaluation.on(Basis::expected).time_per_token->in(second),
                   WithinAbs(1, 0.001));
    }
}

TEST_CASE("an encoder has inputs, no tokens and no decoding; nothing is expected of it") {
    const Report report = report_of("siglip-so400m-patch14-384@h100-sxm");
    CHECK(report.verdict.starts_with("prefill is compute-bound: "));
    CHECK(report.verdict.find(" ms per input, ") != std::string::npos);
    CHECK(says(report, "\n prefill: one prompt of 729 tokens\n"));
    CHECK(says(report, "\n Prefill, operator by operator\n"));
    CHECK_FALSE(says(report, "EXPECTED"));
    CHECK(report.assumptions.back().id == "efficiency");
    CHECK(report_of(priced).assumptions.back().id == "expected");
}

TEST_CASE("a phase of its own makes passes") {
    Evaluation evaluation = analyzed("llama-3.1-8b@h100-sxm");
    step_of(evaluation).bound.phases.back().pass = Pass::own;
    const Report report = report_of(evaluation);
    CHECK(report.verdict.find(" ms per pass, ") != std::string::npos);
    CHECK(says(report, "\n Decode, operator by operator\n"));
}

TEST_CASE("whose work and bytes are counted: one GPU's, or those of one in each stage") {
    CHECK(says(report_of("llama-3.1-8b@h100-sxmx4 tp=2 replicas=2"),
               "; decode: one step of one sequence with 1,152 tokens in the cache; work and bytes "
               "per GPU, tokens/s of all\n"));
    const Report staged = report_of("llama-3.1-8b@h100-sxmx4 tp=2 pp=2");
    CHECK(says(staged,
               " in the cache; work and bytes of one GPU in each of the 2 stages, added up; "
               "a prompt in pieces, in all stages at once, tokens/s of all\n"));
    // 32 x 2 all-reduces of 4,096 numbers in 2 bytes; no work beside them.
    CHECK(says(staged, "\n all-reduce          bf16             –   524 kB"));
}

TEST_CASE("the record: model, memory, phases, figures on three bases, levers and cost") {
    const Evaluation evaluation = analyzed(priced);
    const Report report = report_of(evaluation, thirteen, {lever("`quant fp8`", 0.75, 2)});
    std::string keys;
    for (const auto& [key, value] : report.result.members()) keys += key + " ";
    CHECK(keys ==
          "model memory prefill decode metrics metrics_expected metrics_pessimistic expectation "
          "levers cost ");
    CHECK(report.command == "analyze");
    CHECK(raw_at(report.inputs, "batch") == "32");
    CHECK(raw_at(report.result, "memory.max_batch") == "102");
    CHECK(raw_at(report.result, "decode.bound") == "memory");
    CHECK(raw_at(report.result, "metrics.tpot_s") == raw_at(report.result, "decode.bound_s"));
    CHECK(raw_at(report.result, "metrics_expected.tpot_s") ==
          raw_text(*evaluation.on(Basis::expected).time_per_token));
    CHECK(raw_at(report.result, "metrics_pessimistic.tpot_s") ==
          raw_text(*evaluation.on(Basis::pessimistic).time_per_token));
    CHECK(raw_at(report.result, "levers[0].change") == "--quant fp8");
    CHECK(raw_at(report.result, "levers[0].gpus") == "2");
    CHECK(raw_at(report.result, "levers[0].relative_change") == "-0.25");
    CHECK(raw_at(report.result, "levers[0].figure") == "tpot_s");
    CHECK(raw_at(report.result, "levers[0].value") == "0.00975");
    CHECK(raw_at(report.result, "expected_parts[1].name") == "gate+up projection");
    CHECK(raw_at(report.result, "expected_parts[1].expected_s") == "0.003");
    CHECK(raw_at(report.result, "cost.basis") == "bound");
    CHECK(header_of(report.blocks.at(3)) ==
          "phase,bound,bound_s,expected_s,bound_tokens_per_s,intensity_flop_per_byte,bytes,flops,"
          "activation_bytes");
    CHECK(header_of(report.blocks.at(4)) == "operator,dtype,flops,bytes,bound_s,share,bound");
}

TEST_CASE("without levers and a price nothing is said of them; warnings are") {
    const Report report = report_of("llama-3.1-8b@h100-sxmx2 dp=2");
    CHECK_FALSE(says(report, "What would help most"));
    CHECK_FALSE(says(report, "Cost at best"));
    CHECK(raw_at(report.result, "levers") == "[]");
    CHECK(raw_at(report.result, "cost") == "null");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W202");
}

}  // namespace analyze_report_test
