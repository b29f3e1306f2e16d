#include "roofline/error/user_error.hpp"

#include "answer/kernel/expected_report.hpp"
#include "answer/kernel/kernel_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/roof_flags.hpp"
#include "kernel/kernel_time.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"
#include "workload/arithmetic.hpp"

#include <cmath>

namespace roofline::cli {
namespace {

struct AttentionRequest {
    double batch, queries, keys, heads, kv_heads, head_dim;
    Window window;
    bool causal;
    bool latent;
    Precision arithmetic, stored;
    double bytes, kv_bytes;

    Record inputs() const {
        return Record()
            .add("batch", batch)
            .add("q_len", queries)
            .add("kv_len", keys)
            .add("heads", heads)
            .add("kv_heads", latent ? Value() : Value(kv_heads))
            .add("head_dim", latent ? Value() : Value(head_dim))
            .add("window", window.reach == Reach::full ? Value() : Value(window.tokens))
            .add("causal", causal)
            .add("latent", latent)
            .add("kv_dtype", name_of(stored));
    }
};

AttentionRequest attention_request(const Arguments& arguments, Precision compute) {
    AttentionRequest shape{};
    shape.keys = parse_length(required_flag(arguments, "kv-len", "4k"), "--kv-len");
    shape.heads = parse_count(required_flag(arguments, "heads", "32"), "--heads");
    shape.batch = flag_or(arguments, "batch", parse_count, 1.0);
    shape.queries = flag_or(arguments, "q-len", parse_length, shape.keys);
    shape.kv_heads = flag_or(arguments, "kv-heads", parse_count, shape.heads);
    shape.head_dim = flag_or(arguments, "head-dim", parse_count, 128.0);
    shape.causal = !arguments.has("no-causal");
    if (const auto window = arguments.text("window"))
        shape.window = {.reach = Reach::sliding, .tokens = parse_length(*window, "--window")};
    shape.stored = flag_or(arguments, "kv-dtype", parse_precision, compute);
    refuse_unstored(shape.stored, "--kv-dtype");
    shape.latent = arguments.has("latent");
    shape.arithmetic = compute;
    shape.bytes = row_of(compute).bytes;
    shape.kv_bytes = row_of(shape.stored).bytes;
    const auto refuse = [](ErrorCode code, std::string message) {
        throw UserError({.code = code, .message = std::move(message)});
    };
    if (std::fmod(shape.heads, shape.kv_heads) != 0)
        refuse(ErrorCode::does_not_divide,
               formatted("--kv-heads {} does not divide --heads {}", shape.kv_heads, shape.heads));
    for (const std::string_view flag : {"kv-heads", "head-dim"})
        if (shape.latent && arguments.has(flag))
            refuse(ErrorCode::conflicting_arguments,
                   formatted("--{} says nothing of --latent attention: its widths are those of "
                             "DeepSeek-V3",
                             flag));
    if (shape.latent && shape.queries != 1 && shape.queries != shape.keys)
        refuse(ErrorCode::conflicting_arguments,
               "--latent knows whole prompts and single tokens: --q-len is 1 or --kv-len");
    if (shape.latent && shape.window.reach != Reach::full)
        refuse(ErrorCode::conflicting_arguments, "--latent attention has no --window");
    if (shape.queries > shape.keys)
        refuse(ErrorCode::conflicting_arguments,
               formatted("--q-len {} is more than --kv-len {}, which counts the queries' own keys",
                         shape.queries, shape.keys));
    return shape;
}

// Queries in, results out, and every key and value that anyone looks at, each once.
Bytes compulsory_bytes(const AttentionRequest& s) {
    const double rows = s.batch * s.queries * s.heads * s.head_dim;
    const double seen = std::min(
        s.keys, s.queries - 1 + (s.window.reach == Reach::full ? s.keys : s.window.tokens));
    const double keys = s.batch * seen * s.kv_heads * s.head_dim;
    return (2 * rows * s.bytes + 2 * keys * s.kv_bytes) * byte;
}

// The widths of one layer's attention in this request; a single token works in the latents.
AttentionShape widths_of(const AttentionRequest& s) {
    if (!s.latent)
        return grouped_query_shape(s.batch, s.keys, s.heads, s.kv_heads, s.head_dim, s.kv_bytes);
    return s.queries == 1 ? latent_decode_shape(s.batch, s.keys, s.heads, s.kv_bytes)
                          : latent_prefill_shape(s.batch, s.keys, s.heads);
}

Kernel flash_kernel(const AttentionRequest& s) {
    const AttentionShape widths = widths_of(s);
    const double pairs = keys_seen(s.window, s.causal, s.keys - s.queries, s.queries);
    return {.name = s.latent ? "latent attention" : "FlashAttention",
            .flops = s.batch * s.heads * widths.pair_flops * pairs * flop,
            .bytes = s.latent ? s.batch * s.keys * (widths.query_bytes + widths.cache_bytes) * byte
                              : compulsory_bytes(s)};
}

// Scores go out to memory, come back for the softmax, go out and come back again: four passes over
// all pairs, masked ones too.
Kernel naive_kernel(const AttentionRequest& s) {
    const double pairs = s.batch * s.heads * s.queries * s.keys;
    AttentionRequest all = s;
    all.window = {};
    return {.name = "naive",
            .flops = 4 * pairs * s.head_dim * flop,
            .bytes = compulsory_bytes(all) + 4 * pairs * s.bytes * byte};
}

ExpectedKernel measured(const KernelEvidence& evidence, const RoofShares& roof,
                        std::string_view what) {
    return {.time = {},
            .evidence = evidence,
            .what = std::string(what),
            .losses = losses_of(roof),
            .source = attention_efficiencies().source};
}

Expectation expected_attention(const AttentionRequest& s, const Placed& placed,
                               const Device& device, const Arguments& arguments) {
    const auto none = [](std::string why) { return Expectation{{}, std::move(why)}; };
    const bool one_token = s.queries == 1;
    const bool whole = s.queries == s.keys && s.causal;
    if (s.window.reach != Reach::full || !(one_token || whole) ||
        placed.ridge.memory->level != MemoryLevel::dram)
        return none(
            "measured were whole causal prompts and single tokens, without a window, from "
            "DRAM");
    const auto engine = engine_from(arguments);
    const double head_dim = s.latent ? 0 : s.head_dim;
    const Precision arithmetic = s.arithmetic == Precision::fp16 ? Precision::bf16 : s.arithmetic;
    const AttentionShape widths = widths_of(s);
    const bool whole_numbers = s.stored == Precision::int8 || s.stored == Precision::int4;
    if (whole_numbers) return none(formatted("no {} cache was measured", name_of(s.stored)));
    if (one_token) {
        const auto* e = attention_efficiencies().decode_of(device, s.kv_bytes, head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, decode_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "decode attentions"));
    } else {
        const auto* e =
            attention_efficiencies().prefill_of(device, arithmetic, s.kv_bytes, head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, prefill_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "prefill attentions"));
    }
    return none("no such attention was measured: heads of this size, or these formats");
}

}  // namespace

Answer run_kernel_attention(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session);
    const Ridge ridge = roof_from(arguments, *device);
    const AttentionRequest request = attention_request(arguments, ridge.peak->precision);
    const Kernel flash = flash_kernel(request);
    const Placed best{flash, ridge};
    Report report = report_of("kernel attention", best, *device, request.inputs());
    if (request.latent) {
        report.blocks.emplace_back(placed_table(
            {best}, {"widths of DeepSeek-V3; a prompt head by head, a single token in latents"}));
        add_expected(expected_attention(request, best, *device, arguments), report);
        return {.report = std::move(report)};
    }
    const Kernel naive = naive_kernel(request);
    const Placed worst{naive, ridge};
    report.verdict = "FlashAttention is " + report.verdict;
    report.result.add("flash", placed_record(best)).add("naive", placed_record(worst));
    report.blocks.emplace_back(placed_table(
        {best, worst},
        {"FlashAttention: every tensor moved once; keys and values that tiles read again come from "
         "the L2 cache",
         "naive: the matrix of scores is written and read twice, masked pairs too"}));
    add_expected(expected_attention(request, best, *device, arguments), report);
    report.verdict += formatted("; naive attention takes at best {}x as long",
                                humanize_number(worst.bound_time() / best.bound_time()));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
