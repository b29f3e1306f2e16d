#include "expert_layers.hpp"
#include "input/json.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <cmath>

namespace roofline::hugging_face {
namespace {

constexpr Names expert_count_names{"num_local_experts",          "num_experts",
                                   "n_routed_experts",           "moe_num_experts",
                                   "ffn_config.moe_num_experts", "moe.num_experts"};
constexpr Names active_names{"num_experts_per_tok",
                             "experts_per_token",
                             "num_experts_per_token",
                             "top_k_experts",
                             "moe_topk",
                             "moe_top_k",
                             "moe_k",
                             "num_selected_experts",
                             "ffn_config.moe_top_k",
                             "moe.num_experts_per_tok"};
constexpr Names expert_width_names{"moe_intermediate_size",
                                   "expert_intermediate_size",
                                   "expert_ffn_hidden_size",
                                   "moe.expert_hidden_dim",
                                   "ffn_config.ffn_hidden_size",
                                   "intermediate_size",
                                   "hidden_dim"};
constexpr Names shared_count_names{"n_shared_experts", "num_shared_experts", "num_shared_expert",
                                   "moe_num_shared_experts", "moe.num_shared_experts"};
constexpr Names shared_width_names{"shared_expert_intermediate_size",
                                   "moe_shared_expert_intermediate_size", "share_expert_dim",
                                   "share_expert_dims", "shared_intermediate_size"};
constexpr Names dense_width_names{"intermediate_size_mlp",
                                  "dense_intermediate_size",
                                  "block_ff_dim",
                                  "intermediate_size",
                                  "ffn_hidden_size",
                                  "n_inner",
                                  "ffn_dim",
                                  "hidden_dim",
                                  "mlp_hidden_size",
                                  "d_intermediate",
                                  "ffn_config.ffn_hidden_size"};

// ERNIE 4.5 VL gives pairs: of text, and of images, which text never uses but the file stores.
std::vector<double> pair(Config& config, const Names& names) {
    const JsonValue* found = config.find(names);
    constexpr std::size_t two = 2;
    const bool list = found != nullptr && found->array() != nullptr;
    return list && found->array()->size() == two ? config.numbers(names) : std::vector<double>();
}

double first_of(Config& config, const Names& names, std::size_t layer) {
    if (const auto both = pair(config, names); !both.empty()) return both.front();
    const auto given = config.number_at(names, layer);
    return given ? *given : config.required(names);
}

double shared_width(Config& config, const Frame& frame, double expert_width, std::size_t layer) {
    const auto whole = config.number_at(shared_width_names, layer);
    const auto count = config.number_at(shared_count_names, layer);
    if (whole && *whole > 0) return *whole;
    const bool mixed = config.flag({"use_mixed_mlp_moe"}).value_or(false);
    if (mixed) return count.value_or(1) * config.required({"intermediate_size"});
    if (count && !whole) return *count * expert_width;
    if (whole) return 0;
    if (config.flag({"enable_moe_block"}).value_or(false))  // a dense block beside the experts
        return config.required({"intermediate_size"});
    if (config.flag({"parallel_attn_mlp_res"}).value_or(false)) return frame.hidden;  // Arctic
    return frame.family.one_shared_expert ? expert_width : 0;
}

double unused_by_text(Config& config, const Frame& frame) {
    constexpr double matrices = 3;
    const auto counts = pair(config, expert_count_names);
    const auto widths = pair(config, expert_width_names);
    if (counts.empty()) return 0;
    const double width = widths.empty() ? config.required(expert_width_names) : widths.back();
    return counts.back() * frame.hidden * (matrices * width + 1);
}

MixtureOfExperts read_experts(Config& config, const Frame& frame, std::size_t layer) {
    MixtureOfExperts block{.experts = first_of(config, expert_count_names, layer),
                           .active = first_of(config, active_names, layer),
                           .width = first_of(config, expert_width_names, layer)};
    block.shared_width = shared_width(config, frame, block.width, layer);
    config.find(dense_width_names);  // of layers without experts
    block.matrices = frame.family.matrices;
    block.latent = config.number({"moe_latent_size", "routed_expert_hidden_size"}).value_or(0);
    block.idle = config.number({"zero_expert_num"}).value_or(0);
    block.unused = unused_by_text(config, frame);
    return block;
}

double rounded_up(double size, double multiple) { return std::ceil(size / multiple) * multiple; }

// LFM2: the width of a block is cut to two thirds, as that of a gated one.
double adjusted(Config& config, double width) {
    const double factor = config.number({"block_ffn_dim_multiplier"}).value_or(1);
    const double multiple = config.number({"block_multiple_of"}).value_or(256);
    if (!config.flag({"block_auto_adjust_ff_dim"}).value_or(true)) return width;
    return rounded_up(std::floor(factor * std::floor(2 * width / 3)), multiple);
}

// To the nearest multiple, but never below nine tenths (OpenELM's make_divisible).
double made_divisible(double size, double by) {
    const double rounded = std::max(by, std::floor((size + by / 2) / by) * by);
    return rounded < 0.9 * size ? rounded + by : rounded;
}

std::optional<double> width_by_factor(Config& config, const Frame& frame, std::size_t layer) {
    if (const auto factor = config.number_at({"ffn_multipliers"}, layer)) {
        constexpr double usual = 256;
        return made_divisible(*factor * frame.hidden,
                              config.number({"ffn_dim_divisor"}).value_or(usual));
    }
    if (const auto ratio = config.number({"expansion_ratio"})) return *ratio * frame.hidden;
    return std::nullopt;
}

DenseFeedForward read_dense(Config& config, const Frame& frame, std::size_t layer) {
    const auto shared = config.number({"shared_intermediate_size"});
    config.find(dense_width_names);
    if (config.number({"num_local_experts"}) == 0.0 && shared.value_or(0) > 0)
        return {.width = *shared, .matrices = frame.family.matrices};  // Granite 4 without experts
    const bool gated = config.flag({"ffn_with_glu"}).value_or(frame.family.matrices == 3);
    const bool silent_gate = frame.family.matrices == 2 && !config.has({"ffn_with_glu"});
    const double matrices = silent_gate || !gated ? 2 : 3;
    const auto by_factor = width_by_factor(config, frame, layer);
    const auto given = by_factor ? by_factor : config.number_at(dense_width_names, layer);
    double width = given.value_or(0);
    if (!given && config.is_nested()) width = frame.family.defaults.width;
    if (!given && width == 0 && (matrices == 2 || config.has({"hidden_ratio"})))
        width = config.number({"hidden_ratio"}).value_or(frame.family.width_ratio) * frame.hidden;
    if (width == 0) width = config.required({"intermediate_size", "ffn_hidden_size", "n_inner"});
    if (frame.family.width_counts_both) width /= 2;
    if (config.has({"conv_L_cache"}) && !config.has({"num_experts"}))
        width = adjusted(config, width);
    const bool shares =
        static_cast<double>(layer) >=
        static_cast<double>(frame.layers) - config.number({"num_kv_shared_layers"}).value_or(0);
    if (config.flag({"use_double_wide_mlp"}).value_or(false) && shares) width *= 2;
    return {.width = width, .matrices = matrices};
}

// Nemotron-NAS: nothing, one matrix in its place (an extra), or a share of the hidden width.
FeedForward read_block_config(Config& config, const JsonValue& part, const Frame& frame) {
    const JsonValue* factor = part.find("ffn_mult");
    const JsonValue* given = part.find("intermediate_size");
    if (given != nullptr && given->number() != nullptr)
        return DenseFeedForward{.width = *given->number()};
    if (is_true(part, "no_op") || is_true(part, "replace_with_linear")) return {};
    if (factor == nullptr || factor->number() == nullptr)
        config.refuse("block_configs", "has a feed-forward without a width");
    constexpr double multiple = 256;
    const double width = std::floor(2 * *factor->number() * frame.hidden / 3);
    return DenseFeedForward{.width = rounded_up(width, multiple)};
}

// Layers whose mixer is all that they have: pure Mamba, the letters of a pattern, Zamba's.
bool widens(Config& config, const std::string& pattern, std::size_t layer) {
    if (layer < pattern.size()) return pattern[layer] == '-' || pattern[layer] == 'E';
    if (is_attention_free(config)) return config.number({"d_intermediate"}).value_or(0) > 0;
    return !config.has({"num_mem_blocks"});
}

}  // namespace

std::vector<FeedForward> read_feed_forwards(Config& config, const Frame& frame) {
    const std::string pattern = hybrid_pattern(config);
    const auto counts = pair(config, expert_count_names);
    const double experts = counts.empty() ? config.number(expert_count_names).value_or(0) : 1;
    const bool one = counts.empty() && experts == 1;  // an expert that all tokens use is dense
    const ExpertLayers is_expert_layer(config);
    std::vector<FeedForward> blocks;
    for (std::size_t i = 0; i < frame.layers; ++i) {
        const JsonValue* part = block_config(config, i, "ffn");
        const bool hybrid = i < pattern.size();
        const bool sparse =
            experts > 0 && !one && (hybrid ? pattern[i] == 'E' : is_expert_layer(i));
        if (part != nullptr)
            blocks.push_back(read_block_config(config, *part, frame));
        else if (!widens(config, pattern, i))
            blocks.emplace_back();
        else if (sparse)
            blocks.emplace_back(read_experts(config, frame, i));
        else
            blocks.emplace_back(read_dense(config, frame, i));
    }
    config.find({"num_experts_per_tok", "moe_intermediate_size"});
    return blocks;
}

}  // namespace roofline::hugging_face
