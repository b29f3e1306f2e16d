// Conventions that a configuration does not state because its model_type implies them.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace roofline::hugging_face {

struct Family {
    std::string_view model_type;
    double matrices = 3;             ///< of a feed-forward: 3 with a gate, 2 without
    bool tied_by_default = false;    ///< tie_word_embeddings when the file does not say
    bool width_counts_both = false;  ///< intermediate_size is that of gate and up together
    bool causal = true;
    double sliding_every = 0;  ///< n: all but each n-th layer slide, when no list says which
    bool learned_positions = false;
    bool one_shared_expert = false;  ///< every expert layer has one more that all tokens use
};

// Facts about the classes of transformers; a family that is not here has the defaults above.
inline constexpr std::array families{
    Family{.model_type = "gpt2", .matrices = 2, .tied_by_default = true, .learned_positions = true},
    Family{.model_type = "opt", .matrices = 2, .tied_by_default = true, .learned_positions = true},
    Family{.model_type = "bloom", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "mpt", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "falcon", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "gpt_neox", .matrices = 2},
    Family{.model_type = "gpt_neox_reward_model", .matrices = 2},
    Family{.model_type = "phi", .matrices = 2},
    Family{.model_type = "starcoder2", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "nemotron", .matrices = 2},
    Family{.model_type = "nemotron_h", .matrices = 2},
    Family{.model_type = "qwen", .width_counts_both = true},
    Family{.model_type = "molmo", .width_counts_both = true},
    Family{.model_type = "gemma", .tied_by_default = true},
    Family{.model_type = "gemma2", .tied_by_default = true, .sliding_every = 2},
    Family{.model_type = "gemma3", .tied_by_default = true, .sliding_every = 6},
    Family{.model_type = "gemma3_text", .tied_by_default = true, .sliding_every = 6},
    Family{.model_type = "gemma4", .tied_by_default = true},
    Family{.model_type = "gemma4_text", .tied_by_default = true},
    Family{.model_type = "llama4", .one_shared_expert = true},
    Family{.model_type = "llama4_text", .one_shared_expert = true},
    Family{.model_type = "cohere", .tied_by_default = true},
    Family{.model_type = "cohere2", .tied_by_default = true, .sliding_every = 4},
    Family{.model_type = "bert",
           .matrices = 2,
           .tied_by_default = true,
           .causal = false,
           .learned_positions = true},
    Family{.model_type = "roberta",
           .matrices = 2,
           .tied_by_default = true,
           .causal = false,
           .learned_positions = true},
    Family{.model_type = "xlm-roberta",
           .matrices = 2,
           .tied_by_default = true,
           .causal = false,
           .learned_positions = true},
    Family{.model_type = "siglip_vision_model", .matrices = 2, .causal = false},
    Family{.model_type = "siglip2_vision_model", .matrices = 2, .causal = false},
    Family{.model_type = "clip_vision_model", .matrices = 2, .causal = false},
    Family{.model_type = "vit", .matrices = 2, .causal = false},
    Family{.model_type = "dinov2", .matrices = 2, .causal = false},
};

// Families that have the defaults above: causal, gated, with an lm_head of their own.
inline constexpr std::array<std::string_view, 40> plain_families{
    "llama",       "mistral",      "mixtral",       "qwen2",          "qwen2_moe",
    "qwen2_vl",    "qwen2_5_vl",   "qwen3",         "qwen3_moe",      "qwen3_next",
    "qwen3_vl",    "qwen3_vl_moe", "qwen3_5",       "qwen3_5_moe",    "deepseek_v2",
    "deepseek_v3", "deepseek_v32", "kimi_k2",       "kimi_k25",       "kimi_k3",
    "kimi_linear", "gpt_oss",      "glm4",          "glm4_moe",       "glm_moe_dsa",
    "minimax_m2",  "mimo",         "mimo_v2_flash", "step3p7",        "phi3",
    "granite",     "granitemoe",   "olmo2",         "internlm2",      "baichuan",
    "yi",          "exaone4",      "ernie4_5_moe",  "hunyuan_v1_moe", "logics"};

constexpr bool is_known_family(std::string_view model_type) {
    return std::ranges::find(families, model_type, &Family::model_type) != families.end() ||
           std::ranges::find(plain_families, model_type) != plain_families.end();
}

constexpr Family family_of(std::string_view model_type) {
    const auto row = std::ranges::find(families, model_type, &Family::model_type);
    return row == families.end() ? Family{.model_type = model_type} : *row;
}

}  // namespace roofline::hugging_face
