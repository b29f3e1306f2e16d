// What a served deployment loses against the data sheet: shares of its rates and fixed times,
// fitted on measured servers. Values and sources are data/efficiency/serving.json; one table names
// the members, and the reader, the answers and the fit use it.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/serving_engine.hpp"
#include "roofline/units/quantity.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// All in base units. The defaults are perfection: every share 1, every time 0.
struct Efficiency {
    // Shares of the memory bandwidth.
    double weights_bandwidth = 1;
    double cache_bandwidth = 1;
    double fp8_experts_bandwidth = 1;
    double int4_experts_bandwidth = 1;
    double activation_bandwidth = 1;

    // Shares of the dense peak.
    double compute_16bit = 1;
    double compute_8bit = 1;
    double compute_4bit = 1;
    double prefill_attention_compute = 1;
    double decode_attention_compute = 1;
    double experts_compute = 1;        ///< of the share above, in grouped products
    double block_experts_compute = 1;  ///< and with weights scaled in blocks

    // Work that the shapes alone do not say.
    double expert_spread = 1;
    double expert_padding_rows = 0;
    double activation_passes = 0;
    double expert_activation_passes = 0;

    // Links. An all-reduce whose bytes take the link X seconds takes
    // latency + root·sqrt(X) + X / bandwidth.
    double all_reduce_latency = 0;
    double network_latency = 0;
    double all_reduce_root = 0;  ///< in square roots of a second
    double all_reduce_bandwidth = 1;
    double all_to_all_latency = 0;
    double all_to_all_bandwidth = 1;

    // Fixed times.
    double layer_time = 0;
    double latent_layer_time = 0;
    double sparse_layer_time = 0;
    double linear_layer_time = 0;
    double block_layer_time = 0;
    double nvfp4_layer_time = 0;
    double widened_mxfp4_layer_time = 0;
    double release_month_share = 0;
    double eager_layer_time = 0;
    double prefill_layer_time = 0;
    double trtllm_layer_share = 1;
    double vllm_sequence_time = 0;
    double sglang_sequence_time = 0;
    double trtllm_sequence_time = 0;

    // How requests share the engine's steps.
    double interference = 1;
    double vllm_first_token_time = 0;
    double sglang_first_token_time = 0;
    double trtllm_first_token_time = 0;
};

/// The values that differ by serving engine; one that was not measured has vLLM's.
struct EngineEfficiency {
    double layer_share = 1;
    double sequence_time = 0;
    double first_token_time = 0;
};
EngineEfficiency engine_efficiency(const Efficiency& efficiency, ServingEngine engine);

/// The last month whose releases were measured with experts on FP4 units.
inline constexpr std::string_view newest_measured_release = "2026-04";

/// Engines get faster at mixtures of experts with FP4 units, by the month: the share of their fixed
/// times that one released in a month has, "2025-12", measured from October 2025 to April 2026. The
/// last stands for an empty text.
double release_share(const Efficiency& efficiency, std::string_view released);

/// `prior` is the value before measurements; the fit stays between `lower` and `upper`, and leaves
/// it where the measurements do not tell it from others.
struct EfficiencyRow {
    std::string_view name;
    double Efficiency::*member;
    Dimension dimension;  ///< none for a share or a count, second for a time
    double prior;
    double lower;
    double upper;
    bool fitted;
    std::string_view text;
};

std::span<const EfficiencyRow> efficiency_rows();

/// Of measured / predicted, eight in ten lie between `low` and `high`.
struct ErrorBand {
    double low = 1;
    double high = 1;
};

/// How far off predictions were in one regime, on models that the fit had not seen.
struct BandRow {
    std::optional<ServingEngine> engine;
    double least_concurrency = 1;
    std::optional<double> most_concurrency;
    ErrorBand time_per_token;
    ErrorBand time_to_first_token;
    ErrorBand output;
    double rows = 0;
};

struct FittedEfficiency {
    Efficiency values;
    std::vector<BandRow> bands;
    std::vector<std::string> families = {};  ///< Device::family() of those that were measured
    /// Of mixtures of experts on other devices: what public cases of them lay within.
    std::optional<BandRow> mixtures_elsewhere = {};

    bool measured(const Device& device) const;
    /// The regime's row, or nullptr where nothing was measured.
    const BandRow* band(ServingEngine engine, double concurrency, const Device& device) const;
    /// As wide as the widest of all regimes.
    BandRow widest() const;
    /// What is said of a deployment whose regime was not measured.
    BandRow widest_of(const Device& device, bool mixture) const;
};

/// From the file inside the binary.
const FittedEfficiency& fitted_efficiency();

}  // namespace roofline
