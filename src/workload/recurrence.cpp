#include "recurrence.hpp"

#include "element_bytes.hpp"

#include <algorithm>

namespace roofline {
namespace {

double columns(double channels, double kernel) { return channels * std::max(kernel - 1, 0.0); }

}  // namespace

// Queries, keys, values and output gate, decay and update strength per value head, and a short
// convolution over queries, keys and values (Yang et al. 2024, gated delta networks). Kimi's decays
// by channel, from a projection as narrow as a head (Kimi Linear, 2025); lightning attention (Qin
// et al. 2024) by constants. Per element of the state: decay, correction (2), update (2), read-out
// (2), scale; lightning attention needs update (2) and read-out (2) alone.
Recurrence recurrence_of(const LinearAttention& a, double hidden) {
    const double keys = a.key_heads * a.key_dim;
    const double values = a.value_heads * a.value_dim;
    const bool constant = a.decay == Decay::constant;
    const bool by_channel = a.decay == Decay::channel;
    Recurrence r{.outward = values, .activations = 2 * keys + 2 * values};
    r.inward = 2 * keys + values + (a.gate_rank > 0 ? 0 : values);
    r.inward += constant ? 0 : by_channel ? a.value_heads : 2 * a.value_heads;
    const double narrow = a.gate_rank + (by_channel ? a.key_dim : 0);
    r.inner = narrow * hidden + a.gate_rank * values + (by_channel ? a.key_dim * keys : 0);
    r.convolved = a.conv_kernel > 0 ? 2 * keys + values : 0;
    r.conv_kernel = a.conv_kernel;
    r.state = a.value_heads * a.value_dim * a.key_dim;
    r.kept_columns = columns(r.convolved, r.conv_kernel);
    r.flops = (constant ? 4 : 8) * r.state;
    return r;
}

// Gate, input, B and C per group, step per head, a short convolution (Dao and Gu 2024, Mamba-2).
// Per channel and state element: decay, update (3), read-out (2).
Recurrence recurrence_of(const StateSpace& a, double) {
    const double inner = a.heads * a.head_dim;
    const double groups = 2 * a.groups * a.state_dim;
    return {.inward = 2 * inner + groups + a.heads,
            .convolved = inner + groups,
            .conv_kernel = a.conv_kernel,
            .outward = inner,
            .state = inner * a.state_dim * a.state_bytes / state_element_bytes,
            .kept_columns = columns(inner + groups, a.conv_kernel),
            .flops = 6 * inner * a.state_dim,
            .activations = 2 * inner};
}

// Gate and input; from its channels step, B and C; from the narrow step one per channel or head; a
// decay per channel and state element, or per head (Gu and Dao 2023).
Recurrence recurrence_of(const SelectiveState& a, double) {
    const bool by_channel = a.steps == a.channels;
    const double decays = by_channel ? a.channels * a.state_dim : a.steps;
    return {.inward = 2 * a.channels,
            .inner = a.channels * (a.step_rank + 2 * a.state_dim) + a.step_rank * a.steps + decays,
            .convolved = a.channels,
            .conv_kernel = a.conv_kernel,
            .outward = a.channels,
            .state = a.channels * a.state_dim,
            .kept_columns = columns(a.channels, a.conv_kernel),
            .flops = 6 * a.channels * a.state_dim,
            .activations = 2 * a.channels};
}

// Two branches in; gates of input and of recurrence, block-diagonal. Per channel: two gates,
// decay, normalised input, sum.
Recurrence recurrence_of(const GatedRecurrence& a, double) {
    constexpr double flops_per_channel = 10;
    return {.inward = 2 * a.channels,
            .inner = 2 * a.channels * a.channels / a.blocks + 3 * a.channels,
            .convolved = a.channels,
            .conv_kernel = a.conv_kernel,
            .outward = a.channels,
            .state = a.channels,
            .kept_columns = columns(a.channels, a.conv_kernel),
            .flops = flops_per_channel * a.channels,
            .activations = 3 * a.channels};
}

// Two gates and the input (Liquid AI, LFM2).
Recurrence recurrence_of(const ShortConvolution& a, double) {
    return {.inward = 3 * a.channels,
            .convolved = a.channels,
            .conv_kernel = a.conv_kernel,
            .outward = a.channels,
            .kept_columns = columns(a.channels, a.conv_kernel),
            .flops = 2 * a.channels,
            .activations = 4 * a.channels};
}

// Receptance, key, value and gate as wide as the model, narrow pairs for decay and mixing, and the
// token before of both halves of the layer (Peng et al. 2024, 2025). Per element of the state:
// decay, removal (2), update (2), read-out (2).
Recurrence recurrence_of(const WeightedKeyValue& a, double hidden) {
    const double width = a.heads * a.head_dim;
    return {.inward = (a.projections - 1) * width,
            .inner = 2 * hidden * a.low_ranks,
            .outward = width,
            .state = width * a.head_dim,
            .kept_columns = 2 * hidden,
            .flops = 7 * width * a.head_dim,
            .activations = 6 * width};
}

}  // namespace roofline
