// The readers of the traits that families combine. Each looks at keys, never at a model's name.
#pragma once

#include "roofline/catalog/model.hpp"

#include "config.hpp"
#include "families.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline::hugging_face {

/// What every trait needs to know.
struct Frame {
    std::size_t layers = 0;
    double hidden = 0;
    Family family;
};

/// What a layer does with tokens, as the file names it.
enum class LayerKind {
    full,
    sliding,
    chunked,
    cross,  ///< attention over an image
    linear,
    state_space,
    hybrid,  ///< attention beside a state space
    convolution,
    recurrence,  ///< RG-LRU
    linear_map,  ///< one matrix in attention's place (Nemotron-NAS)
    no_mixer
};

/// The kind of every layer, from whichever of the many ways the file uses to say it.
std::vector<LayerKind> layer_kinds(Config& config, const Frame& frame);

/// Letters of a hybrid pattern, one per layer ('M' state space, '*' attention, '-' dense, 'E'
/// experts); empty when the file has none.
std::string hybrid_pattern(Config& config);

/// Whether no layer looks at single earlier tokens: the file names a state and no heads of
/// attention.
bool is_attention_free(Config& config);

/// The names under which files give the size of a recurrent state, and a window.
inline constexpr Names state_keys{"mamba_d_state", "ssm_state_size", "state_size"};
inline constexpr Names window_names{"sliding_window", "sliding_window_size",
                                    "attention_window_size", "local_attention", "window_size"};

/// The names under which files give the heads of attention.
inline constexpr Names head_names{"num_attention_heads", "n_head", "n_heads", "num_query_heads",
                                  "num_heads"};

/// The mixers of every layer: none, one, or two side by side.
std::vector<std::vector<Mixer>> read_mixers(Config& config, const Frame& frame);

/// A state space of the kind whose keys the file has: Mamba, Mamba-2 or PLaMo's.
Mixer read_state_space(Config& config, const Frame& frame);
/// Gated delta net, Kimi's, or lightning attention.
Mixer read_linear(Config& config, const Frame& frame);
Mixer read_recurrence(Config& config, const Frame& frame);
Mixer read_convolution(Config& config, const Frame& frame);
/// RWKV-6 or 7; nothing where the file has no such keys.
std::optional<Mixer> read_weighted_key_value(Config& config, const Frame& frame);

/// DeepSeek-V4's, by its layer's compress_ratio.
Mixer read_compressed(Config& config, std::size_t layer);

/// One feed-forward per layer.
std::vector<FeedForward> read_feed_forwards(Config& config, const Frame& frame);

/// Widths of layers that a Nemotron-NAS file gives one by one; nothing where it has none.
const JsonValue* block_config(Config& config, std::size_t layer, std::string_view part);

/// What belongs to no mixer or feed-forward: embeddings per layer, shared blocks, residual streams.
void add_extras(Config& config, const Frame& frame, Model& model);

/// Formats of the weights and of the cache. `side_file` is hf_quant_config.json, or nullptr.
void read_quantization(Config& config, const JsonDocument* side_file, Model& model);

}  // namespace roofline::hugging_face
