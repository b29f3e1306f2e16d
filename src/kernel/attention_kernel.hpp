// Attention of one layer, FlashAttention and naive.
#pragma once

#include "roofline/catalog/model.hpp"
#include "roofline/catalog/serving_engine.hpp"

#include "expected_kernel.hpp"
#include "kernel_time.hpp"

#include <optional>

namespace roofline {

struct AttentionRequest {
    double batch = 1;
    double queries = 1;  ///< new tokens of each sequence
    double keys = 1;     ///< tokens to look at, the new ones among them
    double heads = 1;
    double kv_heads = 1;
    double head_dim = 128;
    Window window = {};
    bool causal = true;
    bool latent = false;                     ///< with the widths of DeepSeek-V3
    Precision arithmetic = Precision::bf16;  ///< and operands
    Precision stored = Precision::bf16;      ///< keys and values
};

/// Throws UserError for what does not fit together: E110 heads, E105 lengths and latents.
void check(const AttentionRequest& request);

/// Queries in, results out, and every key and value that anyone looks at, each once.
Kernel flash_kernel(const AttentionRequest& request);

/// Scores go out to memory, come back for the softmax, go out and come back again: four passes over
/// all pairs, masked ones too. Not of latents.
Kernel naive_kernel(const AttentionRequest& request);

/// Of the library of `engine`, or of any that was measured.
Expectation expected_attention(const AttentionRequest& request, const PlacedKernel& placed,
                               const Device& device, std::optional<ServingEngine> engine);

}  // namespace roofline
