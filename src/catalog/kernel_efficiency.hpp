// What measured kernels lose against the data sheet, by device, number format and library. The
// forms that these values go into are those of kernel/kernel_time.hpp.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/serving_engine.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What a row of efficiencies rests on.
struct KernelEvidence {
    std::string device;                   ///< catalog id; empty: for a device not measured
    std::optional<ServingEngine> engine;  ///< whose library
    std::string version;
    std::string kernel;       ///< by the library's name for it, where known
    double median_error = 0;  ///< on shapes that the fit had not seen; 0: unknown
    double points = 0;        ///< of such shapes
    double least_error = 0;   ///< of rows for devices not measured: median on the device that
    double most_error = 0;    ///< they fit best, and worst, each left out of the fit
};

/// Shares of peak and bandwidth that a kernel reaches, and its launch.
struct RoofShares {
    double compute = 1;
    double memory = 1;
    Seconds fixed;
};

/// Matrix products.
struct GemmEfficiency {
    KernelEvidence evidence;
    WeightFormat format = WeightFormat::bf16;
    RoofShares roof;
    Seconds per_1k_depth;      ///< of the inner dimension, beside the multiplications
    Seconds per_1m_quantized;  ///< for a million activations that are narrowed before
};

/// Attention over a prompt.
struct PrefillAttentionEfficiency {
    KernelEvidence evidence;
    Precision arithmetic = Precision::bf16;
    double cache_bytes = 2;  ///< per element of the KV cache
    double head_dim = 0;     ///< latent attention: 0, its widths are those of DeepSeek-V3
    RoofShares roof;
    Seconds per_1k_tokens;    ///< of the prompt, beside the multiplications
    double cache_passes = 0;  ///< bytes moved per key element: reads of keys and values by tiles
};

/// Attention of one new token per sequence.
struct DecodeAttentionEfficiency {
    KernelEvidence evidence;
    double cache_bytes = 2;
    double head_dim = 0;
    RoofShares roof;         ///< compute 0: the multiplications never show
    Seconds per_1k_heads;    ///< for a thousand query heads of all sequences
    Seconds per_doubling;    ///< of the context past 128 tokens: parts that are merged
    double least_heads = 0;  ///< that tiles are padded to
};

/// The routed experts of a layer: both products, routing and gathering.
struct ExpertsEfficiency {
    KernelEvidence evidence;
    WeightFormat format = WeightFormat::bf16;
    Precision arithmetic = Precision::bf16;
    double most_ranks = 1;  ///< that experts were spread over
    RoofShares roof;
    double activation_passes = 0;  ///< over the tokens sent to experts
    double token_passes = 0;       ///< over all tokens: routing
    Seconds per_10_experts;        ///< that have a token
};

enum class Collective { all_reduce, all_gather, reduce_scatter, all_to_all };
inline constexpr std::array<std::string_view, 4> collective_names{"all-reduce", "all-gather",
                                                                  "reduce-scatter", "all-to-all"};
std::string_view name_of(Collective operation);

/// NCCL.
struct CollectiveEfficiency {
    KernelEvidence evidence;
    Collective operation = Collective::all_reduce;
    double most_devices = 8;  ///< that were measured together
    double link_share = 1;
    Seconds fixed;
    Seconds per_device;
    double per_root = 0;  ///< microseconds for the root of a microsecond at the link's full rate
};

/// An engine's own all-reduce: everyone sends everything, or reduce and gather.
struct CustomAllReduceEfficiency {
    KernelEvidence evidence;
    double most_devices = 8;
    double one_shot_share = 1;
    double two_shot_share = 1;
    Seconds fixed;
    Seconds per_device;
    double per_root = 0;
};

/// The rows of one file. Their functions give what is known best of a device: with `engine`'s
/// library, else with any, else the usual of measured devices; nullptr: nothing like it was
/// measured.
struct GemmEfficiencies {
    std::vector<GemmEfficiency> rows;
    std::string source;

    const GemmEfficiency* of(const Device& device, WeightFormat format,
                             std::optional<ServingEngine> engine) const;
};

struct AttentionEfficiencies {
    std::vector<PrefillAttentionEfficiency> prefill;
    std::vector<DecodeAttentionEfficiency> decode;
    std::vector<PrefillAttentionEfficiency> latent_prefill;
    std::vector<DecodeAttentionEfficiency> latent_decode;
    std::string source;

    /// `head_dim` 0: latent attention.
    const PrefillAttentionEfficiency* prefill_of(const Device& device, Precision arithmetic,
                                                 double cache_bytes, double head_dim,
                                                 std::optional<ServingEngine> engine) const;
    const DecodeAttentionEfficiency* decode_of(const Device& device, double cache_bytes,
                                               double head_dim,
                                               std::optional<ServingEngine> engine) const;
};

struct ExpertsEfficiencies {
    std::vector<ExpertsEfficiency> rows;
    std::string source;

    /// Of several kernels the one that the fit describes best.
    const ExpertsEfficiency* of(const Device& device, WeightFormat format, double ranks,
                                std::optional<ServingEngine> engine) const;
};

struct CollectiveEfficiencies {
    std::vector<CollectiveEfficiency> nccl;
    std::vector<CustomAllReduceEfficiency> custom_all_reduce;
    std::string source;

    const CollectiveEfficiency* of(const Device& device, Collective operation) const;
    const CustomAllReduceEfficiency* custom_of(const Device& device,
                                               std::optional<ServingEngine> engine) const;
};

/// From the files inside the binary, each read when it is first asked for.
const GemmEfficiencies& gemm_efficiencies();
const AttentionEfficiencies& attention_efficiencies();
const ExpertsEfficiencies& experts_efficiencies();
const CollectiveEfficiencies& collective_efficiencies();

}  // namespace roofline
