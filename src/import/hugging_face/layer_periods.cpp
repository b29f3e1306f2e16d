#include "layer_periods.hpp"

#include "input/json.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline::hugging_face {
namespace {

using Kinds = std::vector<LayerKind>;

// Layers i with i % period == offset are full, the others are `others`.
Kinds every(std::size_t layers, double period, double offset, LayerKind others) {
    Kinds kinds(layers, others);
    for (std::size_t i = 0; i < layers; ++i)
        if (period >= 1 && std::fmod(static_cast<double>(i), period) == offset)
            kinds[i] = LayerKind::full;
    return kinds;
}

// Each `period`-th layer is full.
Kinds each(std::size_t layers, double period, LayerKind others) {
    return every(layers, period, period - 1, others);
}

Kinds from_chunks(Config& config, std::size_t layers) {
    constexpr double usual_interval = 4;  // Llama 4: every fourth layer has no rotary positions
    const std::vector<double> rotary = config.numbers({"no_rope_layers"});
    if (rotary.size() == layers) return from_flags(rotary, LayerKind::full, LayerKind::chunked);
    const double interval = config.number({"no_rope_layer_interval"}).value_or(usual_interval);
    return each(layers, interval, LayerKind::chunked);
}

// "LLLG" repeats: L slides, G sees all.
Kinds from_letters(Config& config, const std::string& letters, std::size_t layers) {
    Kinds kinds;
    for (std::size_t i = 0; i < layers && !letters.empty(); ++i) {
        const char letter = letters[i % letters.size()];
        if (letter != 'L' && letter != 'G')
            config.refuse("sliding_window_pattern",
                          formatted("holds '{}': L slides, G sees all", letter));
        kinds.push_back(letter == 'L' ? LayerKind::sliding : LayerKind::full);
    }
    return kinds;
}

Kinds from_sliding_window(Config& config, const Frame& frame) {
    const bool wanted = config.flag({"use_sliding_window"}).value_or(true);
    const JsonValue* window = config.find(window_names);
    const JsonValue* pattern = config.find({"sliding_window_pattern"});
    const double first = config.number({"max_window_layers"}).value_or(0);
    Kinds kinds(frame.layers, LayerKind::full);
    if (!wanted || window == nullptr) return kinds;
    if (window->array() != nullptr) {  // repeats; null sees all
        const auto& list = *window->array();
        for (std::size_t i = 0; i < frame.layers && !list.empty(); ++i)
            if (!list[i % list.size()].is_null()) kinds[i] = LayerKind::sliding;
        return kinds;
    }
    if (config.number(window_names).value_or(0) == 0) return kinds;
    if (pattern != nullptr && pattern->text() != nullptr)
        return from_letters(config, *pattern->text(), frame.layers);
    const double period =
        config.number({"sliding_window_pattern"}).value_or(frame.family.sliding_every);
    if (period > 0) return each(frame.layers, period, LayerKind::sliding);
    for (std::size_t i = 0; i < frame.layers; ++i)
        if (static_cast<double>(i) >= first) kinds[i] = LayerKind::sliding;
    return kinds;
}

// Full where the number divides, or in what is left of the last group (Bailing).
Kinds from_groups(std::size_t layers, double group) {
    Kinds kinds = each(layers, group, LayerKind::linear);
    const double whole = std::floor(static_cast<double>(layers) / group) * group;
    for (auto i = static_cast<std::size_t>(whole); i < layers; ++i) kinds[i] = LayerKind::full;
    return kinds;
}

// PLaMo-2: one in so many looks at tokens, through a window unless it is named.
Kinds from_mamba_step(Config& config, std::size_t layers, double step) {
    Kinds kinds = every(layers, step, std::floor(step / 2), LayerKind::state_space);
    const std::vector<double> full = config.numbers({"full_attention_idx"});
    for (std::size_t i = 0; i < layers; ++i)
        if (kinds[i] == LayerKind::full &&
            std::ranges::find(full, static_cast<double>(i)) == full.end())
            kinds[i] = LayerKind::sliding;
    return kinds;
}

}  // namespace

// Those of these numbers are `listed`, the others `rest`.
Kinds from_indices(const std::vector<double>& indices, std::size_t layers, LayerKind listed,
                   LayerKind rest, double first) {
    Kinds kinds(layers, rest);
    for (const double index : indices)
        if (index >= first && index < static_cast<double>(layers) + first)
            kinds[static_cast<std::size_t>(index - first)] = listed;
    return kinds;
}

Kinds from_flags(const std::vector<double>& flags, LayerKind zero, LayerKind one) {
    Kinds kinds;
    for (const double flag : flags) kinds.push_back(flag == 0 ? zero : one);
    return kinds;
}

// Ways that name periods, or layers of one kind.
std::vector<LayerKind> counted_kinds(Config& config, const Frame& frame) {
    const std::size_t n = frame.layers;
    if (config.has({"attn_layer_indices", "attn_layer_idx"}))
        return from_indices(config.numbers({"attn_layer_indices", "attn_layer_idx"}), n,
                            LayerKind::full, LayerKind::state_space);
    if (config.has({"full_attn_idxs"}))
        return from_indices(config.numbers({"full_attn_idxs"}), n, LayerKind::full,
                            LayerKind::convolution);
    if (const auto period = config.number({"attn_layer_period"}))
        return every(n, *period, config.number({"attn_layer_offset"}).value_or(0),
                     LayerKind::state_space);
    const auto step = config.number({"mamba_step"});
    const bool enabled = config.flag({"mamba_enabled"}).value_or(true);
    if (step && enabled) return from_mamba_step(config, n, *step);
    if (is_attention_free(config)) return Kinds(n, LayerKind::state_space);
    if (const auto period = config.number({"full_attention_interval"}))
        return each(n, *period, LayerKind::linear);
    if (const auto group = config.number({"layer_group_size"})) return from_groups(n, *group);
    if (const auto period = config.number({"global_attn_every_n_layers"}))
        return every(n, *period, 0, LayerKind::sliding);
    if (config.number({"attention_chunk_size"}).value_or(0) > 0) return from_chunks(config, n);
    if (config.has(state_keys)) return Kinds(n, LayerKind::hybrid);
    return from_sliding_window(config, frame);
}

}  // namespace roofline::hugging_face
