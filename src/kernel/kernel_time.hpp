// What a measured kernel takes: fixed times, and a smooth maximum of its two roofs. Forms and
// figures: the source of the efficiencies (data/efficiency), and docs/method.md.
#pragma once

#include "catalog/kernel_efficiency.hpp"

#include <optional>

namespace roofline {

/// C (m x n) = A (m x k) · B (k x n): activations, weights.
struct GemmShape {
    double m = 0;
    double n = 0;
    double k = 0;
};

/// Fixed time, narrowing of activations, and the root of the sum of squares of computing and
/// moving. nullopt when the device lacks the arithmetic, here and below.
std::optional<Seconds> gemm_time(const GemmShape& shape, const GemmEfficiency& efficiency,
                                 const Device& device);

/// Attention of one layer on one device: `tokens` are looked at per sequence.
struct AttentionShape {
    double batch = 1;
    double tokens = 0;
    double heads = 0;
    double pair_flops = 0;  ///< of one query head with one key: scores and weighted sum
    double query_bytes =
        0;  ///< per new token: queries in, results out (a prompt's keys too, latent)
    double cache_width = 0;  ///< elements of keys (or latents) per token
    double cache_bytes = 0;  ///< of keys and values per token
};

/// Heads of grouped-query attention, and the bytes of an element of keys and values.
struct HeadWidths {
    double heads = 1;
    double kv_heads = 1;
    double head_dim = 128;
    double bytes_per_element = 2;
};

/// Grouped-query attention with queries and results in 16 bit.
AttentionShape grouped_query_shape(double batch, double tokens, const HeadWidths& widths);
/// Multi-head latent attention with the widths of DeepSeek-V3: 128 + 64 per query and key, 128 per
/// value, 512 + 64 per latent. A prompt is worked out head by head, a decoding token in latents.
AttentionShape latent_prefill_shape(double batch, double tokens, double heads);
AttentionShape latent_decode_shape(double batch, double tokens, double heads,
                                   double bytes_per_element);

/// Causal attention of a whole prompt, no window; the smooth maximum has the power 1.3.
std::optional<Seconds> prefill_attention_time(const AttentionShape& shape,
                                              const PrefillAttentionEfficiency& efficiency,
                                              const Device& device);
/// Of one new token per sequence.
std::optional<Seconds> decode_attention_time(const AttentionShape& shape,
                                             const DecodeAttentionEfficiency& efficiency,
                                             const Device& device);

/// The routed experts of one layer with three matrices each: `tokens` of all ranks together.
struct ExpertsShape {
    double tokens = 0;
    double hidden = 0;
    double width = 0;  ///< of an expert
    double active = 0;
    double experts = 0;
    double tensor_parallel = 1;
    double expert_parallel = 1;

    double rows() const { return tokens * active / expert_parallel; }
    double inner() const { return width / tensor_parallel; }
    /// Experts of one rank that have a token: when routing shares out evenly, or draws at random.
    double touched_evenly() const;
    double touched_at_random() const;
};

std::optional<Seconds> experts_time(const ExpertsShape& shape, double touched,
                                    const ExpertsEfficiency& efficiency, const Device& device);

/// What a device must receive, whoever adds up on the way: from the devices that its link joins,
/// and from others through its network card. `bytes` counts all parts gathered together.
struct CollectiveTraffic {
    Bytes local;
    Bytes remote;
};
CollectiveTraffic least_traffic(Collective operation, Bytes bytes, double devices, double joined);

/// What it sends in an all-reduce as rings: one in its node, one over nodes for its part.
CollectiveTraffic ring_traffic(Bytes bytes, double devices, double joined);

/// What one of `devices` sends in a ring for a buffer of `bytes`, which counts all parts gathered
/// together: twice (n - 1)/n for an all-reduce, once for the others.
Bytes sent_bytes(Collective operation, Bytes bytes, double devices);

Seconds collective_time(Collective operation, Bytes bytes, double devices,
                        const CollectiveEfficiency& efficiency, BytesPerSecond link);
Seconds custom_all_reduce_time(Bytes bytes, double devices,
                               const CustomAllReduceEfficiency& efficiency, BytesPerSecond link);

}  // namespace roofline
