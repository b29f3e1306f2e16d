// The readers of the traits that families combine. Each looks at keys, never at a model's name.
#pragma once

#include "roofline/catalog/model.hpp"

#include "config.hpp"
#include "families.hpp"

#include <vector>

namespace roofline::hugging_face {

/// What every trait needs to know.
struct Frame {
    std::size_t layers = 0;
    double hidden = 0;
    Family family;
};

/// What a layer does with tokens, as the file names it.
enum class LayerKind { full, sliding, chunked, linear, state_space, no_mixer };

/// The kind of every layer, from whichever of the ten ways the file uses to say it.
std::vector<LayerKind> layer_kinds(Config& config, const Frame& frame);

/// One token mixer per layer.
std::vector<Mixer> read_mixers(Config& config, const Frame& frame);

/// One feed-forward per layer.
std::vector<FeedForward> read_feed_forwards(Config& config, const Frame& frame);

/// Letters of a hybrid pattern, one per layer ('M' state space, '*' attention, '-' dense, 'E'
/// experts); empty when the file has none.
std::string hybrid_pattern(Config& config);

/// Formats of the weights and of the cache. `side_file` is hf_quant_config.json, or nullptr.
void read_quantization(Config& config, const JsonDocument* side_file, Model& model);

}  // namespace roofline::hugging_face
