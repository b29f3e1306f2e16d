#include "roofline/catalog/efficiency.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catalog/readers/figure_reader.hpp"
#include "catalog/readers/readers.hpp"
#include "input/json_object.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

using E = Efficiency;
using Member = double E::*;
constexpr double us = 1e-6;

constexpr EfficiencyRow share(std::string_view name, Member member, double prior, double upper,
                              std::string_view text) {
    return {name, member, dimension::none, prior, 0.02, upper, true, text};
}
constexpr EfficiencyRow fixed_share(std::string_view name, Member member, double value,
                                    std::string_view text) {
    return {name, member, dimension::none, value, value, value, false, text};
}
constexpr EfficiencyRow time(std::string_view name, Member member, double prior,
                             std::string_view text) {
    return {name, member, dimension::second, prior, prior / 100, prior * 100, true, text};
}
constexpr EfficiencyRow fixed_time(std::string_view name, Member member, double value,
                                   std::string_view text) {
    return {name, member, dimension::second, value, value, value, false, text};
}
constexpr EfficiencyRow count(std::string_view name, Member member, double prior, double upper,
                              std::string_view text) {
    return {name, member, dimension::none, prior, prior / 100, upper, true, text};
}

// Nobody has measured a copy from memory above 92 % of the data sheet.
constexpr double best_bandwidth = 0.92;
// Nor an attention kernel above three quarters of the peak (FlashAttention-3, Shah et al. 2024).
constexpr double best_attention = 0.75;

constexpr std::array rows{
    share("weights_bandwidth", &E::weights_bandwidth, 0.87, best_bandwidth,
          "share of the memory bandwidth at which weights are read"),
    share("cache_bandwidth", &E::cache_bandwidth, 0.87, best_bandwidth,
          "share at which the KV cache is read"),
    share("fp8_experts_bandwidth", &E::fp8_experts_bandwidth, 0.752, best_bandwidth,
          "share at which fp8 experts are read"),
    fixed_share("int4_experts_bandwidth", &E::int4_experts_bandwidth, 0.5,
                "share at which int4 experts are read"),
    fixed_share("activation_bandwidth", &E::activation_bandwidth, 0.75,
                "share at which activations are written and read"),
    fixed_share("compute_16bit", &E::compute_16bit, 0.70,
                "share of the 16-bit peak in matrix products"),
    fixed_share("compute_8bit", &E::compute_8bit, 0.65,
                "share of the 8-bit peak in matrix products"),
    fixed_share("compute_4bit", &E::compute_4bit, 0.50,
                "share of the 4-bit peak in matrix products"),
    share("prefill_attention_compute", &E::prefill_attention_compute, 0.5, best_attention,
          "share of the 16-bit peak in the attention of prompts"),
    fixed_share("decode_attention_compute", &E::decode_attention_compute, 0.5,
                "share of the 16-bit peak in the attention of a decode step"),
    share("experts_compute", &E::experts_compute, 0.537, 1,
          "share of that, in grouped products of experts"),
    share("block_experts_compute", &E::block_experts_compute, 0.359, 1,
          "share of that, where weights are scaled in blocks"),
    share("expert_spread", &E::expert_spread, 0.568, 1, "share of the experts that routing uses"),
    count("expert_padding_rows", &E::expert_padding_rows, 47.6, 256,
          "rows by which an expert's part of a step is padded"),
    count("activation_passes", &E::activation_passes, 11.06, 40,
          "times that widened activations cross memory"),
    count("expert_activation_passes", &E::expert_activation_passes, 11.75, 60,
          "times that the experts' inputs cross memory"),
    fixed_time("network_latency", &E::network_latency, 20 * us, "of one all-reduce between nodes"),
    time("all_reduce_latency", &E::all_reduce_latency, 7.23 * us, "of one all-reduce"),
    count("all_reduce_root", &E::all_reduce_root, 2e-3, 0.2,
          "per square root of an all-reduce's time on the link"),
    share("all_reduce_bandwidth", &E::all_reduce_bandwidth, 0.51, 1,
          "share of a link in an all-reduce"),
    fixed_time("all_to_all_latency", &E::all_to_all_latency, 5 * us, "of one all-to-all"),
    share("all_to_all_bandwidth", &E::all_to_all_bandwidth, 0.2215, 1,
          "share of a link in an all-to-all"),
    time("layer_time", &E::layer_time, 62.4 * us, "of every layer"),
    time("latent_layer_time", &E::latent_layer_time, 27.5 * us,
         "more, of a layer with latent attention"),
    time("sparse_layer_time", &E::sparse_layer_time, 51.9 * us,
         "more, of a layer with a sparse indexer"),
    time("linear_layer_time", &E::linear_layer_time, 20 * us,
         "more, of a layer with linear attention"),
    time("block_layer_time", &E::block_layer_time, 36.5 * us,
         "more, of a layer of a model whose experts are scaled in blocks"),
    time("nvfp4_layer_time", &E::nvfp4_layer_time, 8 * us, "more, of a layer stored in nvfp4"),
    time("widened_mxfp4_layer_time", &E::widened_mxfp4_layer_time, 40 * us,
         "more, of a layer of mxfp4 experts in TensorRT-LLM without FP4 units"),
    fixed_share("release_month_share", &E::release_month_share, 0.02,
                "by which a month of the engine's release shortens fixed times of mixtures of "
                "experts on devices with FP4 units"),
    fixed_time("eager_layer_time", &E::eager_layer_time, 400 * us,
               "that launching a layer takes at least, without CUDA graphs"),
    time("prefill_layer_time", &E::prefill_layer_time, 197 * us,
         "more, of a layer in a step with prompts, which runs outside the CUDA graph"),
    share("trtllm_layer_share", &E::trtllm_layer_share, 0.783, 2,
          "share of the fixed times of layers, in TensorRT-LLM"),
    time("vllm_sequence_time", &E::vllm_sequence_time, 19 * us, "of a sequence in a step"),
    time("sglang_sequence_time", &E::sglang_sequence_time, 19 * us, "of a sequence in a step"),
    time("trtllm_sequence_time", &E::trtllm_sequence_time, 15 * us, "of a sequence in a step"),
    count("interference", &E::interference, 0.894, 2,
          "share of a prompt's time by which it delays those who decode"),
    time("vllm_first_token_time", &E::vllm_first_token_time, 18.7e-3,
         "before the first token, outside the model"),
    time("sglang_first_token_time", &E::sglang_first_token_time, 146.5e-3,
         "before the first token, outside the model"),
    time("trtllm_first_token_time", &E::trtllm_first_token_time, 20e-3,
         "before the first token, outside the model"),
};

}  // namespace

std::span<const EfficiencyRow> efficiency_rows() { return rows; }

EngineEfficiency engine_efficiency(const Efficiency& e, ServingEngine engine) {
    if (engine == ServingEngine::sglang)
        return {.layer_share = 1,
                .sequence_time = e.sglang_sequence_time,
                .first_token_time = e.sglang_first_token_time};
    if (engine == ServingEngine::trtllm)
        return {.layer_share = e.trtllm_layer_share,
                .sequence_time = e.trtllm_sequence_time,
                .first_token_time = e.trtllm_first_token_time};
    return {.layer_share = 1,
            .sequence_time = e.vllm_sequence_time,
            .first_token_time = e.vllm_first_token_time};
}

// Engines get faster at experts with FP4 units: measured October 2025 to April 2026, the default.
double release_share(const Efficiency& e, std::string_view released) {
    constexpr double first = -3;  // months from January 2026
    constexpr double last = 3;
    if (released.empty()) return std::exp(-e.release_month_share * last);
    const double year = std::stod(std::string(released.substr(0, 4)));
    const double month = 12 * (year - 2026) + std::stod(std::string(released.substr(5, 2))) - 1;
    return std::exp(-e.release_month_share * std::clamp(month, first, last));
}

namespace {

ErrorBand read_band(JsonObject& row, std::string_view name) {
    JsonObject band = row.object(name);
    const ErrorBand result{.low = band.positive("low"), .high = band.positive("high")};
    if (result.low > result.high) row.fail(name, "a band's low is above its high");
    band.done();
    return result;
}

void read_bands(JsonObject& row, BandRow& result) {
    result.time_per_token = read_band(row, "tpot");
    result.time_to_first_token = read_band(row, "ttft");
    result.output = read_band(row, "tokens_per_s");
}

BandRow read_band_row(JsonObject& row) {
    BandRow result;
    const std::string engine = row.text("engine");
    result.engine = find_serving_engine(engine);
    if (!result.engine) row.fail("engine", formatted("unknown engine '{}'", engine));
    result.least_concurrency = row.positive("least_concurrency");
    result.most_concurrency = row.optional_positive("most_concurrency");
    read_bands(row, result);
    result.rows = row.whole("rows");
    row.done();
    return result;
}

void widen(ErrorBand& band, const ErrorBand& other) {
    band.low = std::min(band.low, other.low);
    band.high = std::max(band.high, other.high);
}

}  // namespace

FittedEfficiency read_efficiency(const JsonDocument& document) {
    JsonObject record(document);
    record.text("schema");
    FigureReader figures(record);
    FittedEfficiency fitted;
    JsonObject parameters = record.object("parameters");
    for (const EfficiencyRow& row : rows)
        fitted.values.*row.member = figures.required(parameters, row.name, 1.0).value;
    parameters.done();
    fitted.families = record.texts("families");
    for (JsonObject& row : record.objects("bands")) fitted.bands.push_back(read_band_row(row));
    if (auto elsewhere = record.optional_object("mixtures_elsewhere")) {
        figures.required(*elsewhere, "rows", 1.0);
        read_bands(*elsewhere, fitted.mixtures_elsewhere.emplace());
        elsewhere->done();
    }
    record.done();
    figures.done();
    return fitted;
}

bool FittedEfficiency::measured(const Device& device) const {
    return device.in_data_centre() &&
           std::ranges::find(families, device.family()) != families.end();
}

const BandRow* FittedEfficiency::band(ServingEngine engine, double concurrency,
                                      const Device& device) const {
    if (!measured(device)) return nullptr;
    // Load between two regimes, a mean of 16.5 requests, counts to the lower one.
    const BandRow* best = nullptr;
    for (const BandRow& row : bands)
        if (row.engine == engine && (best == nullptr || concurrency >= row.least_concurrency))
            best = &row;
    return best;
}

BandRow FittedEfficiency::widest() const {
    BandRow result;
    for (const BandRow& row : bands) {
        widen(result.time_per_token, row.time_per_token);
        widen(result.time_to_first_token, row.time_to_first_token);
        widen(result.output, row.output);
    }
    return result;
}

BandRow FittedEfficiency::widest_of(const Device& device, bool mixture) const {
    BandRow result = widest();
    if (!mixture || measured(device) || !mixtures_elsewhere) return result;
    widen(result.time_per_token, mixtures_elsewhere->time_per_token);
    widen(result.time_to_first_token, mixtures_elsewhere->time_to_first_token);
    widen(result.output, mixtures_elsewhere->output);
    return result;
}

const FittedEfficiency& fitted_efficiency() {
    static const FittedEfficiency fitted =
        read_efficiency(parse_json({.name = "efficiency/serving.json",
                                    .text = std::string(embedded_text("efficiency/serving.json"))},
                                   JsonDialect::strict));
    return fitted;
}

}  // namespace roofline
