#include "attention_kernel.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/operator.hpp"

#include "text/formatted.hpp"

#include <cmath>

namespace roofline {
namespace {

// Queries in, results out, and every key and value that anyone looks at, each once.
Bytes compulsory_bytes(const AttentionRequest& request) {
    const double rows = request.batch * request.queries * request.heads * request.head_dim;
    const double seen =
        std::min(request.keys,
                 request.queries - 1 +
                     (request.window.reach == Reach::full ? request.keys : request.window.tokens));
    const double keys = request.batch * seen * request.kv_heads * request.head_dim;
    return (2 * rows * row_of(request.arithmetic).bytes + 2 * keys * row_of(request.stored).bytes) *
           byte;
}

// The widths of one layer's attention in this request; a single token works in the latents.
AttentionShape widths_of(const AttentionRequest& request) {
    if (!request.latent)
        return grouped_query_shape(request.batch, request.keys,
                                   {.heads = request.heads,
                                    .kv_heads = request.kv_heads,
                                    .head_dim = request.head_dim,
                                    .bytes_per_element = row_of(request.stored).bytes});
    return request.queries == 1 ? latent_decode_shape(request.batch, request.keys, request.heads,
                                                      row_of(request.stored).bytes)
                                : latent_prefill_shape(request.batch, request.keys, request.heads);
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

void check(const AttentionRequest& request) {
    if (std::fmod(request.heads, request.kv_heads) != 0)
        fail(ErrorCode::does_not_divide, formatted("`kv-heads {}` does not divide `heads {}`",
                                                   request.kv_heads, request.heads));
    if (request.latent && request.queries != 1 && request.queries != request.keys)
        fail(ErrorCode::conflicting_arguments,
             "`latent` knows whole prompts and single tokens: `q-len` is 1 or `kv-len`");
    if (request.latent && request.window.reach != Reach::full)
        fail(ErrorCode::conflicting_arguments, "`latent` attention has no `window`");
    if (request.queries > request.keys)
        fail(ErrorCode::conflicting_arguments,
             formatted("`q-len {}` is more than `kv-len {}`, which counts the queries' own keys",
                       request.queries, request.keys));
}

Kernel flash_kernel(const AttentionRequest& request) {
    const AttentionShape widths = widths_of(request);
    const double pairs =
        keys_seen(request.window, request.causal, request.keys - request.queries, request.queries);
    return {.name = request.latent ? "latent attention" : "FlashAttention",
            .flops = request.batch * request.heads * widths.pair_flops * pairs * flop,
            .bytes = request.latent ? request.batch * request.keys *
                                          (widths.query_bytes + widths.cache_bytes) * byte
                                    : compulsory_bytes(request)};
}

Kernel naive_kernel(const AttentionRequest& request) {
    const double pairs = request.batch * request.heads * request.queries * request.keys;
    AttentionRequest all = request;
    all.window = {};
    return {.name = "naive",
            .flops = 4 * pairs * request.head_dim * flop,
            .bytes = compulsory_bytes(all) + 4 * pairs * row_of(request.arithmetic).bytes * byte};
}

Expectation expected_attention(const AttentionRequest& request, const PlacedKernel& placed,
                               const Device& device, std::optional<ServingEngine> engine) {
    const auto none = [](std::string why) { return Expectation{{}, std::move(why)}; };
    const bool one_token = request.queries == 1;
    const bool whole = request.queries == request.keys && request.causal;
    if (request.window.reach != Reach::full || !(one_token || whole) ||
        placed.ridge.memory->level != MemoryLevel::dram)
        return none(
            "measured were whole causal prompts and single tokens, without a window, from "
            "DRAM");
    const double head_dim = request.latent ? 0 : request.head_dim;
    const Precision arithmetic =
        request.arithmetic == Precision::fp16 ? Precision::bf16 : request.arithmetic;
    const AttentionShape widths = widths_of(request);
    if (row_of(request.stored).whole_numbers)
        return none(formatted("no {} cache was measured", name_of(request.stored)));
    if (one_token) {
        const auto* e = attention_efficiencies().decode_of(device, row_of(request.stored).bytes,
                                                           head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, decode_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "decode attentions"));
    } else {
        const auto* e = attention_efficiencies().prefill_of(
            device, arithmetic, row_of(request.stored).bytes, head_dim, engine);
        if (e != nullptr)
            return expected_of(placed, prefill_attention_time(widths, *e, device),
                               measured(e->evidence, e->roof, "prefill attentions"));
    }
    return none("no such attention was measured: heads of this size, or these formats");
}

}  // namespace roofline
