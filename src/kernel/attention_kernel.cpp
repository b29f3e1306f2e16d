#include "attention_kernel.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/operator.hpp"

#include "text/formatted.hpp"

#include <cmath>

namespace roofline {
namespace {

// Queries in, results out, and every key and value that anyone looks at, each once.
Bytes compulsory_bytes(const AttentionRequest& s) {
    const double rows = s.batch * s.queries * s.heads * s.head_dim;
    const double seen = std::min(
        s.keys, s.queries - 1 + (s.window.reach == Reach::full ? s.keys : s.window.tokens));
    const double keys = s.batch * seen * s.kv_heads * s.head_dim;
    return (2 * rows * row_of(s.arithmetic).bytes + 2 * keys * row_of(s.stored).bytes) * byte;
}

// The widths of one layer's attention in this request; a single token works in the latents.
AttentionShape widths_of(const AttentionRequest& s) {
    if (!s.latent)
        return grouped_query_shape(s.batch, s.keys,
                                   {.heads = s.heads,
                                    .kv_heads = s.kv_heads,
                                    .head_dim = s.head_dim,
                                    .bytes_per_element = row_of(s.stored).bytes});
    return s.queries == 1 ? latent_decode_shape(s.batch, s.keys, s.heads, row_of(s.stored).bytes)
                          : latent_prefill_shape(s.batch, s.keys, s.heads);
}

ExpectedKernel measured(const KernelEvidence& evidence, const RoofShares& roof,
                        std::string_view what) {
    return {.time = {},
            .evidence = evidence,
            .what = std::string(what),
            .losses = roof,
            .kernel = {},
            .source = attention_efficiencies().source};
}

}  // namespace

void check(const AttentionRequest& s) {
    if (std::fmod(s.heads, s.kv_heads) != 0)
        fail(ErrorCode::does_not_divide,
             formatted("`kv-heads {}` does not divide `heads {}`", s.kv_heads, s.heads));
    if (s.latent && s.queries != 1 && s.queries != s.keys)
        fail(ErrorCode::conflicting_arguments,
             "`latent` knows whole prompts and single tokens: `q-len` is 1 or `kv-len`");
    if (s.latent && s.window.reach != Reach::full)
        fail(ErrorCode::conflicting_arguments, "`latent` attention has no `window`");
    if (s.queries > s.keys)
        fail(ErrorCode::conflicting_arguments,
             formatted("`q-len {}` is more than `kv-len {}`, which counts the queries' own keys",
                       s.queries, s.keys));
}

Kernel flash_kernel(const AttentionRequest& s) {
    const AttentionShape widths = widths_of(s);
    const double pairs = keys_seen(s.window, s.causal, s.keys - s.queries, s.queries);
    return {.name = s.latent ? "latent attention" : "FlashAttention",
            .flops = s.batch * s.heads * widths.pair_flops * pairs * flop,
            .bytes = s.latent ? s.batch * s.keys * (widths.query_bytes + widths.cache_bytes) * byte
                              : compulsory_bytes(s)};
}

Kernel naive_kernel(const AttentionRequest& s) {
    const double pairs = s.batch * s.heads * s.queries * s.keys;
    AttentionRequest all = s;
    all.window = {};
    return {.name = "naive",
            .flops = 4 * pairs * s.head_dim * flop,
            .bytes = compulsory_bytes(all) + 4 * pairs * row_of(s.arithmetic).bytes * byte};
}

Expectation expected_attention(const AttentionRequest& s, const PlacedKernel& placed,
                               const Device& device, std::optional<ServingEngine> engine) {
    const auto none = [](std::string why) { return Expectation{{}, std::move(why)}; };
    const bool one_token = s.queries == 1;
    const bool whole = s.queries == s.keys && s.causal;
    if (s.window.reach != Reach::full || !(one_token || whole) ||
        placed.ridge.memory->level != MemoryLevel::dram)
        return none(
            "measured were whole causal prompts and single tokens, without a window, from "
            "DRAM");
    const double head_dim = s.latent ? 0 : s.head_dim;
    const Precision arithmetic = s.arithmetic == Precision::fp16 ? Precision::bf16 : s.arithmetic;
    const AttentionShape widths = widths_of(s);
    if (row_of(s.stored).whole_numbers)
        return none(formatted("no {} cache was measured", name_of(s.stored)));
    if (one_token) {
        const auto* e =
            attention_efficiencies().decode_of(device, row_of(s.stored).bytes, head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, decode_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "decode attentions"));
    } else {
        const auto* e = attention_efficiencies().prefill_of(
            device, arithmetic, row_of(s.stored).bytes, head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, prefill_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "prefill attentions"));
    }
    return none("no such attention was measured: heads of this size, or these formats");
}

}  // namespace roofline
