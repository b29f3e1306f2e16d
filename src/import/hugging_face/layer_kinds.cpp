#include "input/json.hpp"
#include "layer_periods.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <array>
#include <cmath>

namespace roofline::hugging_face {
namespace {

using Kinds = std::vector<LayerKind>;

// Newer files say linear_attention of every layer with a state, Mamba's too.
LayerKind linear_kind(Config& config) {
    return config.has(state_keys) ? LayerKind::state_space : LayerKind::linear;
}

LayerKind kind_named(Config& config, std::string_view key, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, LayerKind>, 24> names{{
        {"full_attention", LayerKind::full},
        {"attention", LayerKind::full},
        {"deepseek_sparse_attention", LayerKind::full},
        {"qwen_sparse_attention", LayerKind::full},
        {"indexed_attention", LayerKind::full},
        {"minimax_m3_sparse", LayerKind::full},
        {"compressed_sparse_attention", LayerKind::full},
        {"heavily_compressed_attention", LayerKind::full},
        {"sliding_attention", LayerKind::sliding},
        {"window_attention", LayerKind::sliding},
        {"global", LayerKind::full},
        {"local", LayerKind::sliding},
        {"hybrid_sliding", LayerKind::sliding},
        {"chunked_attention", LayerKind::chunked},
        {"mamba", LayerKind::state_space},
        {"mamba2", LayerKind::state_space},
        {"conv", LayerKind::convolution},
        {"recurrent", LayerKind::recurrence},
        {"hybrid", LayerKind::state_space},  // Zamba2: a shared block follows
        {"cross_attention", LayerKind::cross},
        {"mlp", LayerKind::no_mixer},
        {"moe", LayerKind::no_mixer},
        {"none", LayerKind::no_mixer},
        {"no_op", LayerKind::no_mixer},
    }};
    if (name == "linear_attention") return linear_kind(config);
    for (const auto& [text, kind] : names)
        if (text == name) return kind;
    config.refuse(key, formatted("holds '{}', a kind of layer new to roofline", name));
}

Kinds from_pattern(Config& config, const std::string& pattern) {
    Kinds kinds;
    for (const char letter : pattern) {
        if (letter == 'M')
            kinds.push_back(LayerKind::state_space);
        else if (letter == '*')
            kinds.push_back(LayerKind::full);
        else if (letter == '-' || letter == 'E')
            kinds.push_back(LayerKind::no_mixer);
        else
            config.refuse("hybrid_override_pattern",
                          formatted("holds '{}', a kind of layer new to roofline", letter));
    }
    return kinds;
}

Kinds repeated(Config& config, const std::vector<std::string>& names, std::size_t layers) {
    Kinds kinds;
    for (std::size_t i = 0; i < layers; ++i) {
        const LayerKind kind = kind_named(config, "block_types", names[i % names.size()]);
        kinds.push_back(kind == LayerKind::full ? LayerKind::sliding : kind);
    }
    return kinds;
}

Kinds from_block_configs(Config& config, std::size_t layers) {
    Kinds kinds;
    for (std::size_t i = 0; i < layers; ++i) {
        const JsonValue* part = block_config(config, i, "attention");
        if (part == nullptr) return {};
        kinds.push_back(is_true(*part, "no_op")                 ? LayerKind::no_mixer
                        : is_true(*part, "replace_with_linear") ? LayerKind::linear_map
                                                                : LayerKind::full);
    }
    return kinds;
}

// [[["global", "local"], 12]]: these kinds, so many times.
Kinds from_attention_types(Config& config) {
    const JsonValue* all = config.find({"attention_types"});
    Kinds kinds;
    if (all == nullptr || all->array() == nullptr) return kinds;
    constexpr double most = 10'000;
    for (const JsonValue& group : *all->array()) {
        const auto* pair = group.array();
        const bool well = pair != nullptr && pair->size() == 2 && (*pair)[0].array() != nullptr &&
                          (*pair)[1].number() != nullptr && *(*pair)[1].number() <= most;
        if (!well) config.refuse("attention_types", "is no list of kinds and how often");
        for (int i = 0; i < *(*pair)[1].number(); ++i)
            for (const JsonValue& name : *(*pair)[0].array())
                if (name.text() != nullptr)
                    kinds.push_back(kind_named(config, "attention_types", *name.text()));
    }
    return kinds;
}

// Llama 3.2 Vision looks at the image in every fifth layer from the fourth.
std::vector<double> image_layers(Config& config, const Frame& frame) {
    const bool named = config.has({"cross_attention_layers"});
    std::vector<double> layers = config.numbers({"cross_attention_layers"});
    if (named || !frame.family.sees_images) return layers;
    constexpr std::size_t first = 3;
    constexpr std::size_t period = 5;
    for (std::size_t i = first; i < frame.layers; i += period)
        layers.push_back(static_cast<double>(i));
    return layers;
}

// Ways that name each layer.
Kinds listed_kinds(Config& config, const Frame& frame) {
    const std::string pattern = hybrid_pattern(config);
    if (!pattern.empty()) return from_pattern(config, pattern);
    Kinds kinds = from_block_configs(config, frame.layers);
    if (!kinds.empty()) return kinds;
    for (const std::string& name : config.texts({"layer_types", "attention_layers"}))
        kinds.push_back(kind_named(config, "layer_types", name));
    if (kinds.empty()) kinds = from_attention_types(config);
    config.find({"attention_types"});
    if (kinds.size() > frame.layers) kinds.resize(frame.layers);  // further ones guess tokens
    if (!kinds.empty()) return kinds;
    for (const std::string& name : config.texts({"layers_block_type"}))
        kinds.push_back(kind_named(config, "layers_block_type", name));
    if (!kinds.empty()) return kinds;
    const auto blocks = config.texts({"_block_types", "block_types"});
    if (!blocks.empty()) return repeated(config, blocks, frame.layers);
    if (config.has({"linear_attn_config"}))
        return from_indices(config.numbers({"linear_attn_config.full_attn_layers"}), frame.layers,
                            LayerKind::full, LayerKind::linear, 1);
    const auto flags = config.numbers({"hybrid_layer_pattern"});
    if (!flags.empty()) return from_flags(flags, LayerKind::full, LayerKind::sliding);
    return from_flags(config.numbers({"attn_type_list"}), LayerKind::linear, LayerKind::full);
}

}  // namespace

bool is_attention_free(Config& config) {
    const bool heads = config.has({"num_attention_heads", "n_head", "n_heads"});
    return !heads && (config.has({"state_size"}) || config.has({"ssm_cfg"}));
}

std::string hybrid_pattern(Config& config) {
    if (const auto pattern = config.text({"hybrid_override_pattern"})) return *pattern;
    constexpr std::array<std::pair<std::string_view, char>, 4> names{
        {{"mamba", 'M'}, {"attention", '*'}, {"moe", 'E'}, {"mlp", '-'}}};
    std::string letters;
    bool alone = false;  // layers with a feed-forward alone are those of such a pattern
    for (const std::string& name : config.texts({"layers_block_type"})) {
        for (const auto& [word, letter] : names)
            if (word == name) letters += letter;
        alone = alone || name == "moe" || name == "mlp";
    }
    return alone ? letters : std::string();
}

std::vector<LayerKind> layer_kinds(Config& config, const Frame& frame) {
    Kinds kinds = listed_kinds(config, frame);
    if (kinds.empty()) kinds = counted_kinds(config, frame);
    // Say nothing more where the layers are named.
    config.find({"full_attention_interval", "attn_layer_period", "attn_layer_offset",
                 "max_window_layers", "use_sliding_window", "sliding_window_pattern",
                 "no_rope_layers", "global_attn_every_n_layers"});
    if (kinds.size() != frame.layers)
        config.refuse("layer_types", formatted("and its kin name {} layers, but there are {}",
                                               kinds.size(), frame.layers));
    for (const double layer : image_layers(config, frame))
        if (layer < static_cast<double>(frame.layers))
            kinds[static_cast<std::size_t>(layer)] = LayerKind::cross;
    return kinds;
}

}  // namespace roofline::hugging_face
