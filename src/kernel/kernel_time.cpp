#include "kernel_time.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

constexpr double block_scale_bytes = 4.0 / 128;  // one fp32 for 128 activations of a row
constexpr double result_bytes = 2;

std::optional<FlopsPerSecond> rate_of(const Device& device, std::optional<Precision> arithmetic,
                                      const RoofShares& shares) {
    const Peak* peak = arithmetic ? device.peak(*arithmetic) : nullptr;
    // fp16 units are as fast as bf16 ones; older devices have no others.
    if (peak == nullptr && arithmetic == Precision::bf16) peak = device.peak(Precision::fp16);
    if (peak == nullptr) return std::nullopt;
    return peak->rate.value * shares.compute;
}

Seconds smooth_maximum(Seconds a, Seconds b, double power) {
    return std::pow(std::pow(a.in(second), power) + std::pow(b.in(second), power), 1 / power) *
           second;
}

Seconds smooth_maximum(Seconds a, Seconds b) {
    return std::hypot(a.in(second), b.in(second)) * second;
}

// What a link at its full rate takes, and its root, in microseconds.
Seconds over(Bytes sent, BytesPerSecond link, double per_root, double share) {
    const double ideal = (sent / link).in(microsecond);
    return (per_root * std::sqrt(ideal) + ideal / share) * microsecond;
}

// Widths of DeepSeek-V3 (its config.json).
constexpr double latent_rank = 512;
constexpr double rotary_width = 64;
constexpr double key_width = 128 + rotary_width;
constexpr double value_width = 128;

}  // namespace

std::optional<Seconds> gemm_time(const GemmShape& shape, const GemmEfficiency& e,
                                 const Device& device) {
    const auto rate = rate_of(device, row_of(e.format).multiplies_as, e.roof);
    if (!rate) return std::nullopt;
    const auto& [m, n, k] = shape;
    const double weight_bytes = bytes_per_weight(e.format);
    const double activation_bytes =
        e.format == WeightFormat::fp8_block ? 1 + block_scale_bytes : weight_bytes;
    const Seconds compute = 2 * m * n * k * flop / *rate + k / 1e3 * e.per_1k_depth;
    const Bytes moved =
        (n * k * weight_bytes + m * k * activation_bytes + result_bytes * m * n) * byte;
    const Seconds memory = moved / (device.bandwidth() * e.roof.memory);
    return e.roof.fixed + m * k / 1e6 * e.per_1m_quantized + smooth_maximum(compute, memory);
}

AttentionShape grouped_query_shape(double batch, double tokens, const HeadWidths& w) {
    return {.batch = batch,
            .tokens = tokens,
            .heads = w.heads,
            .pair_flops = 4 * w.head_dim,
            .query_bytes = 2 * result_bytes * w.heads * w.head_dim,
            .cache_width = w.kv_heads * w.head_dim,
            .cache_bytes = 2 * w.kv_heads * w.head_dim * w.bytes_per_element};
}

AttentionShape latent_prefill_shape(double batch, double tokens, double heads) {
    return {.batch = batch,
            .tokens = tokens,
            .heads = heads,
            .pair_flops = 2 * (key_width + value_width),
            .query_bytes = 2 * result_bytes * heads * (key_width + value_width),
            .cache_width = latent_rank + rotary_width,
            .cache_bytes = 0};
}

AttentionShape latent_decode_shape(double batch, double tokens, double heads,
                                   double bytes_per_element) {
    return {.batch = batch,
            .tokens = tokens,
            .heads = heads,
            .pair_flops = 2 * (2 * latent_rank + rotary_width),
            .query_bytes = 0,
            .cache_width = latent_rank + rotary_width,
            .cache_bytes = (latent_rank + rotary_width) * bytes_per_element};
}

std::optional<Seconds> prefill_attention_time(const AttentionShape& s,
                                              const PrefillAttentionEfficiency& e,
                                              const Device& device) {
    constexpr double tile = 128;
    constexpr double power = 1.3;
    const auto rate = rate_of(device, e.arithmetic, e.roof);
    if (!rate) return std::nullopt;
    const double padded = tile * std::ceil(s.tokens / tile);
    const double pairs = padded * (padded + tile) / 2;
    const Seconds compute =
        s.batch * s.heads * s.pair_flops * pairs * flop / *rate + s.tokens / 1e3 * e.per_1k_tokens;
    const Bytes moved =
        s.batch * s.tokens * (s.query_bytes + e.cache_passes * s.cache_width) * byte;
    const Seconds memory = moved / (device.bandwidth() * e.roof.memory);
    return e.roof.fixed + smooth_maximum(compute, memory, power);
}

std::optional<Seconds> decode_attention_time(const AttentionShape& s,
                                             const DecodeAttentionEfficiency& e,
                                             const Device& device) {
    constexpr double part = 128;  // tokens
    const Seconds memory =
        s.batch * s.tokens * s.cache_bytes * byte / (device.bandwidth() * e.roof.memory);
    Seconds compute;
    if (e.roof.compute > 0) {
        const auto rate = rate_of(device, Precision::bf16, e.roof);
        if (!rate) return std::nullopt;
        compute =
            s.batch * std::max(s.heads, e.least_heads) * s.tokens * s.pair_flops * flop / *rate;
    }
    return e.roof.fixed + smooth_maximum(compute, memory) +
           s.batch * s.heads / 1e3 * e.per_1k_heads +
           std::log2(1 + s.tokens / part) * e.per_doubling;
}

double ExpertsShape::touched_evenly() const { return std::min(experts / expert_parallel, rows()); }

double ExpertsShape::touched_at_random() const {
    return experts / expert_parallel * (1 - std::pow(1 - active / experts, tokens));
}

std::optional<Seconds> experts_time(const ExpertsShape& s, double touched,
                                    const ExpertsEfficiency& e, const Device& device) {
    constexpr double matrices = 3;
    const auto rate = rate_of(device, e.arithmetic, e.roof);
    if (!rate) return std::nullopt;
    const double activation_bytes = e.arithmetic == Precision::fp4
                                        ? bytes_per_weight(WeightFormat::nvfp4)
                                        : row_of(e.arithmetic).bytes;
    const double one = matrices * s.hidden * s.inner();
    const Seconds compute = 2 * s.rows() * one * flop / *rate;
    const Seconds memory =
        touched * one * bytes_per_weight(e.format) * byte / (device.bandwidth() * e.roof.memory);
    const Bytes of_row =
        (s.hidden * (activation_bytes + result_bytes) + matrices * s.inner() * activation_bytes) *
        byte;
    const Bytes passed =
        e.activation_passes * s.rows() * of_row + e.token_passes * s.tokens * s.hidden * byte;
    return e.roof.fixed + smooth_maximum(compute, memory) + passed / device.bandwidth() +
           touched / 10 * e.per_10_experts;
}

CollectiveTraffic least_traffic(Collective operation, Bytes bytes, double devices, double joined) {
    const double together = std::min(devices, joined);
    const double nodes = std::ceil(devices / together);
    switch (operation) {
        case Collective::all_reduce:
            return {.local = bytes, .remote = nodes > 1 ? bytes / together : Bytes()};
        case Collective::all_to_all:
            return {.local = (together - 1) / devices * bytes,
                    .remote = (devices - together) / devices * bytes};
        default:
            break;
    }
    const Bytes remote = (nodes - 1) / nodes / together * bytes;
    return {.local = (devices - 1) / devices * bytes - remote, .remote = remote};
}

CollectiveTraffic ring_traffic(Bytes bytes, double devices, double joined) {
    const double together = std::min(devices, joined);
    const double nodes = std::ceil(devices / together);
    return {.local = 2 * (together - 1) / together * bytes,
            .remote = 2 * (nodes - 1) / nodes / together * bytes};
}

Bytes sent_bytes(Collective operation, Bytes bytes, double devices) {
    const double times = operation == Collective::all_reduce ? 2 : 1;
    return times * (devices - 1) / devices * bytes;
}

Seconds collective_time(Collective operation, Bytes bytes, double devices,
                        const CollectiveEfficiency& e, BytesPerSecond link) {
    const Bytes sent = sent_bytes(operation, bytes, devices);
    return e.fixed + devices * e.per_device + over(sent, link, e.per_root, e.link_share);
}

Seconds custom_all_reduce_time(Bytes bytes, double devices, const CustomAllReduceEfficiency& e,
                               BytesPerSecond link) {
    const Seconds one_shot = (devices - 1) * bytes / (link * e.one_shot_share);
    const Bytes sent = sent_bytes(Collective::all_reduce, bytes, devices);
    return e.fixed + devices * e.per_device +
           std::min(one_shot, over(sent, link, e.per_root, e.two_shot_share));
}

}  // namespace roofline
