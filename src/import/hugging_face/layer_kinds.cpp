#include "text/formatted.hpp"
#include "traits.hpp"

#include <array>

namespace roofline::hugging_face {
namespace {

using Kinds = std::vector<LayerKind>;

LayerKind kind_named(Config& config, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, LayerKind>, 9> names{{
        {"full_attention", LayerKind::full},
        {"attention", LayerKind::full},
        {"sliding_attention", LayerKind::sliding},
        {"chunked_attention", LayerKind::chunked},
        {"linear_attention", LayerKind::linear},
        {"mamba", LayerKind::state_space},
        {"mlp", LayerKind::no_mixer},
        {"moe", LayerKind::no_mixer},
        {"none", LayerKind::no_mixer},
    }};
    for (const auto& [text, kind] : names)
        if (text == name) return kind;
    config.refuse("layer_types", formatted("holds '{}', a kind of layer new to roofline", name));
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

// Layer numbers count from 1 there.
Kinds from_linear_config(const JsonValue& section, std::size_t layers) {
    Kinds kinds(layers, LayerKind::linear);
    const JsonValue* full = section.find("full_attn_layers");
    if (full == nullptr || full->array() == nullptr) return kinds;
    for (const JsonValue& item : *full->array()) {
        const double* number = item.number();
        if (number != nullptr && *number >= 1 && *number <= static_cast<double>(layers))
            kinds[static_cast<std::size_t>(*number) - 1] = LayerKind::full;
    }
    return kinds;
}

// Every `period`-th layer is full, the others are `others`.
Kinds every(std::size_t layers, double period, LayerKind others) {
    Kinds kinds(layers, others);
    const auto step = static_cast<std::size_t>(period);
    for (std::size_t i = 0; i < layers; ++i)
        if (step > 0 && (i + 1) % step == 0) kinds[i] = LayerKind::full;
    return kinds;
}

Kinds from_flags(const std::vector<double>& flags, LayerKind zero, LayerKind one) {
    Kinds kinds;
    for (const double flag : flags) kinds.push_back(flag == 0 ? zero : one);
    return kinds;
}

Kinds from_chunks(Config& config, std::size_t layers) {
    constexpr double usual_interval = 4;  // Llama 4: every fourth layer has no rotary positions
    const std::vector<double> rotary = config.numbers({"no_rope_layers"});
    if (rotary.size() == layers) return from_flags(rotary, LayerKind::full, LayerKind::chunked);
    const double interval = config.number({"no_rope_layer_interval"}).value_or(usual_interval);
    return every(layers, interval, LayerKind::chunked);
}

Kinds from_sliding_window(Config& config, const Frame& frame) {
    const bool wanted = config.flag({"use_sliding_window"}).value_or(true);
    const bool given = config.number({"sliding_window"}).value_or(0) > 0;
    Kinds kinds(frame.layers, LayerKind::full);
    if (!wanted || !given) return kinds;
    const double period =
        config.number({"sliding_window_pattern"}).value_or(frame.family.sliding_every);
    if (period > 0) return every(frame.layers, period, LayerKind::sliding);
    const double first = config.number({"max_window_layers"}).value_or(0);
    for (std::size_t i = 0; i < frame.layers; ++i)
        if (static_cast<double>(i) >= first) kinds[i] = LayerKind::sliding;
    return kinds;
}

Kinds stated_kinds(Config& config, const Frame& frame) {
    config.find({"full_attention_interval"});  // layer_types, where there are any, say it exactly
    const std::string pattern = hybrid_pattern(config);
    if (!pattern.empty()) return from_pattern(config, pattern);
    Kinds kinds;
    for (const std::string& name : config.texts({"layer_types"}))
        kinds.push_back(kind_named(config, name));
    if (!kinds.empty()) return kinds;
    if (const JsonValue* section = config.find({"linear_attn_config"}))
        return from_linear_config(*section, frame.layers);
    kinds =
        from_flags(config.numbers({"hybrid_layer_pattern"}), LayerKind::full, LayerKind::sliding);
    if (!kinds.empty()) return kinds;
    kinds = from_flags(config.numbers({"attn_type_list"}), LayerKind::linear, LayerKind::full);
    if (!kinds.empty()) return kinds;
    if (const auto period = config.number({"full_attention_interval"}))
        return every(frame.layers, *period, LayerKind::linear);
    if (config.number({"attention_chunk_size"}).value_or(0) > 0)
        return from_chunks(config, frame.layers);
    return from_sliding_window(config, frame);
}

}  // namespace

std::string hybrid_pattern(Config& config) {
    if (const auto pattern = config.text({"hybrid_override_pattern"})) return *pattern;
    std::string letters;
    for (const std::string& name : config.texts({"layers_block_type"})) {
        if (name == "mamba")
            letters += 'M';
        else if (name == "attention")
            letters += '*';
        else if (name == "moe")
            letters += 'E';
        else if (name == "mlp")
            letters += '-';
        else
            config.refuse("layers_block_type",
                          formatted("holds '{}', a kind of layer new to roofline", name));
    }
    return letters;
}

std::vector<LayerKind> layer_kinds(Config& config, const Frame& frame) {
    Kinds kinds = stated_kinds(config, frame);
    if (kinds.size() != frame.layers)
        config.refuse("layer_types", formatted("and its kin name {} layers, but there are {}",
                                               kinds.size(), frame.layers));
    return kinds;
}

}  // namespace roofline::hugging_face
