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

// 13 ms of a token.
const std::vector<StepPart> thirteen{
    {StepTerm::decode_attention, OperatorKind::attention, 6 * millisecond},
    {StepTerm::feed_forward, OperatorKind::gate_up_projection, 2.5 * millisecond},
    {StepTerm::feed_forward, OperatorKind::down_projection, 1.25 * millisecond},
    {StepTerm::projections, OperatorKind::qkv_projection, 0.5 * millisecond},
    {StepTerm::projections, OperatorKind::output_projection, 0.35 * millisecond},
    {StepTerm::lm_head, OperatorKind::lm_head, 0.4 * millisecond},
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
        R"(llama-3.1-8b on 1 x h100-sxm, batch 32: 13.0 ms per token expected (9.61 ms at best), 2,462 tokens/s
while decoding, $0.635 per 1M output with its prompts; memory-bound: 17.1 FLOP/byte against a ridge
of 295 (bf16)
 bf16 weights · bf16 KV cache · prompt 4,096 · context 4,096
 Memory  ▕██████████████████████▋                      ▏ 38.5 GB of 76.4 GB (50 %)
   weights 16.1 GB · KV cache 17.2 GB · reserve 5.24 GB → batch ≤ 102

 phase    expected  eight in ten     at best  tokens/s  FLOP/byte  bound      bytes        work
 prefill    127 ms  98.6 to 192 ms   62.5 ms    32,252      3,961  compute  15.5 GB  61.6 TFLOP
 decode    13.0 ms  11.7 to 15.9 ms  9.61 ms     2,462       17.1  memory   32.2 GB   549 GFLOP

 decode step         expected  at best  of roof  bound     bytes        work  share
 attention            6.00 ms  5.13 ms     85 %  memory  17.2 GB  68.7 GFLOP   46 % ████████████████
 gate+up projection   2.50 ms  2.24 ms     90 %  memory  7.52 GB   241 GFLOP   19 % ██████▋
 launches             2.00 ms        –        –       –        –           –   15 % █████▎
 down projection      1.25 ms  1.12 ms     90 %  memory  3.76 GB   120 GFLOP   10 % ███▎
 qkv projection        500 µs   481 µs     96 %  memory  1.61 GB  51.5 GFLOP    4 % █▎
 2 others              750 µs   634 µs     85 %       –        –           –    6 % ██

 what would help         per token  takes   saves
 --hw h100-sxmx2 --tp 2    6.50 ms  2 GPUs   50 % █████████████████████████████████████████████
 --quant fp8               9.75 ms           25 % ██████████████████████▌

 2 more columns with --width 114: between operators, dtype · rests on 7 assumptions (--why)
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
    CHECK(report.verdict.find("; compute-bound: ") != std::string::npos);
    CHECK(report.verdict.find(" ms per input at best, ") != std::string::npos);
    CHECK(says(report, "\n phase    at best  tokens/s at best  "));
    CHECK(says(report, "\n prefill             at best  "));
    CHECK_FALSE(says(report, "expected"));
    CHECK(report.assumptions.back().id == "efficiency");
    CHECK(report_of(priced).assumptions.back().id == "expected");
}

TEST_CASE("a phase of its own makes passes") {
    Evaluation evaluation = analyzed("llama-3.1-8b@h100-sxm");
    step_of(evaluation).bound.phases.back().pass = Pass::own;
    const Report report = report_of(evaluation);
    CHECK(report.verdict.find(" ms per pass ") != std::string::npos);
    CHECK(says(report, "\n decode              "));
    CHECK_FALSE(says(report, "\n decode step"));
}

TEST_CASE("whose work and bytes are counted: one GPU's, or those of one in each stage") {
    CHECK(says(report_of("llama-3.1-8b@h100-sxmx4 tp=2 replicas=2"),
               "\n work and bytes per GPU, tokens/s of all\n"));
    const Report staged = report_of("llama-3.1-8b@h100-sxmx4 tp=2 pp=2");
    CHECK(says(
        staged,
        "\n work and bytes of one GPU in each of the 2 stages, added up; a prompt in pieces, in "
        "all stages at once; tokens/s of all\n"));
    // 32 x 2 all-reduces of 4,096 numbers in 2 bytes; no work beside them.
    Report operators;
    operators.blocks.push_back(staged.blocks.at(4));
    CHECK(text_of(operators, "csv").find(",network,524288,,bf16,") != std::string::npos);
}

TEST_CASE("the record: model, memory, phases, figures on three bases, levers and cost") {
    const Evaluation evaluation = analyzed(priced);
    const Report report = report_of(evaluation, thirteen, {lever("`quant fp8`", 0.75, 2)});
    std::string keys;
    for (const auto& [key, value] : report.result.members()) keys += key + " ";
    CHECK(keys ==
          "model memory prefill decode expected_parts metrics metrics_expected "
          "metrics_pessimistic expectation levers cost ");
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
    CHECK(raw_at(report.result, "levers[0].saves") == "0.25");
    CHECK(raw_at(report.result, "levers[0].figure") == "tpot_s");
    CHECK(raw_at(report.result, "levers[0].value") == "0.00975");
    CHECK(raw_at(report.result, "expected_parts[1].name") == "gate+up projection");
    CHECK(raw_at(report.result, "expected_parts[1].expected_s") == "0.0025");
    CHECK(raw_at(report.result, "cost.basis") == "bound");
    // What programs read stays as it was.
    CHECK(
        header_of(report.blocks.at(0)) ==
        "model,hw,gpus,quant,batch,isl,osl,context,fits,used_bytes,usable_bytes,phase,flops,bytes,"
        "activation_bytes,intensity_flop_per_byte,bound,bound_s,bound_tokens_per_s,expected_s");
    CHECK(
        header_of(report.blocks.at(3)) ==
        "phase,expected_s,expected_range,bound_s,tokens_per_s,intensity_flop_per_byte,bound,bytes,"
        "flops,activation_bytes");
    CHECK(header_of(report.blocks.at(4)) ==
          "name,expected_s,bound_s,roof_share,bound,bytes,flops,dtype,share");
}

TEST_CASE("without levers and a price nothing is said of them; warnings are") {
    const Report report = report_of("llama-3.1-8b@h100-sxmx2 dp=2");
    CHECK_FALSE(says(report, "what would help"));
    CHECK_FALSE(says(report, "per 1M output"));
    CHECK(raw_at(report.result, "levers") == "[]");
    CHECK(raw_at(report.result, "cost") == "null");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W202");
}

}  // namespace analyze_report_test
