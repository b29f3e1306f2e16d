// Conventions that a configuration does not state because its model_type implies them.
#pragma once

#include <string_view>

namespace roofline::hugging_face {

/// What a class of transformers takes where a text section names its differences alone.
struct ClassDefaults {
    double hidden = 0;
    double width = 0;
    double layers = 0;
    double heads = 0;
    double kv_heads = 0;
    double vocabulary = 0;
};

struct Family {
    std::string_view model_type;
    double matrices = 3;             ///< of a feed-forward: 3 with a gate, 2 without
    double width_ratio = 4;          ///< of a feed-forward to the hidden width, where none is given
    bool tied_by_default = false;    ///< tie_word_embeddings when the file does not say
    bool width_counts_both = false;  ///< intermediate_size is that of gate and up together
    bool causal = true;
    double sliding_every = 0;  ///< n: all but each n-th layer slide, when no list says which
    bool learned_positions = false;
    bool one_shared_expert = false;      ///< every expert layer has one more that all tokens use
    bool output_gate = false;            ///< of attention, though no key says so
    bool multi_query = false;            ///< one head of keys unless the file says otherwise
    bool sees_images = false;            ///< in every fifth layer, when no list says which
    bool weighted_key_values = false;    ///< RWKV
    bool gated_channels = false;         ///< one more matrix of the hidden width (RWKV-6)
    std::string_view not_modelled = {};  ///< why, where its files look like those of others
    ClassDefaults defaults = {};
};

inline constexpr std::string_view encoder_decoder = "is an encoder-decoder";

/// The defaults above for a family that is not known.
Family family_of(std::string_view model_type);
bool is_known_family(std::string_view model_type);

}  // namespace roofline::hugging_face
