#include "families.hpp"

#include <algorithm>
#include <array>

namespace roofline::hugging_face {
namespace {

constexpr std::string_view diffusion =
    "writes by diffusion: every step runs the whole sequence, both ways";

constexpr Family refused(std::string_view model_type, std::string_view why) {
    return {.model_type = model_type, .not_modelled = why};
}

constexpr Family gpt_like(std::string_view model_type) {
    return {.model_type = model_type,
            .matrices = 2,
            .tied_by_default = true,
            .learned_positions = true};
}

constexpr Family bert_like(std::string_view model_type) {
    return {.model_type = model_type,
            .matrices = 2,
            .tied_by_default = true,
            .causal = false,
            .learned_positions = true};
}

constexpr Family tower(std::string_view model_type) {
    return {.model_type = model_type, .matrices = 2, .causal = false};
}

// Facts about the classes of transformers; a family that is not here has the defaults above.
constexpr std::array families{
    gpt_like("gpt2"),
    Family{
        .model_type = "gpt_neo", .matrices = 2, .tied_by_default = true, .learned_positions = true},
    Family{.model_type = "gpt_bigcode",
           .matrices = 2,
           .tied_by_default = true,
           .learned_positions = true,
           .multi_query = true},
    Family{.model_type = "gptj", .matrices = 2},
    Family{.model_type = "codegen", .matrices = 2},
    gpt_like("opt"),
    Family{.model_type = "xglm", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "bloom", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "mpt", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "falcon", .matrices = 2, .tied_by_default = true, .multi_query = true},
    Family{.model_type = "gpt_neox", .matrices = 2},
    Family{.model_type = "gpt_neox_reward_model", .matrices = 2},
    Family{.model_type = "gpt_neox_japanese", .matrices = 2},
    Family{.model_type = "phi", .matrices = 2},
    Family{.model_type = "phi-msft", .matrices = 2},
    Family{.model_type = "persimmon", .matrices = 2},
    Family{.model_type = "nanochat", .matrices = 2},
    Family{.model_type = "arcee", .matrices = 2},
    Family{.model_type = "apertus", .matrices = 2},
    Family{.model_type = "starcoder2", .matrices = 2, .tied_by_default = true},
    Family{.model_type = "nemotron", .matrices = 2},
    Family{.model_type = "nemotron_h", .matrices = 2},
    Family{.model_type = "rwkv7", .matrices = 2, .weighted_key_values = true},
    Family{.model_type = "rwkv6",
           .matrices = 2,
           .width_ratio = 3.5,
           .weighted_key_values = true,
           .gated_channels = true},
    Family{.model_type = "mllama", .sees_images = true},
    Family{.model_type = "mllama_text_model", .sees_images = true},
    Family{.model_type = "qwen", .width_counts_both = true},
    Family{.model_type = "molmo", .width_counts_both = true},
    Family{.model_type = "recurrent_gemma", .tied_by_default = true, .width_counts_both = true},
    Family{.model_type = "gemma", .tied_by_default = true},
    Family{.model_type = "gemma2", .tied_by_default = true, .sliding_every = 2},
    Family{.model_type = "gemma3", .tied_by_default = true, .sliding_every = 6},
    Family{.model_type = "gemma3_text", .tied_by_default = true, .sliding_every = 6},
    Family{.model_type = "gemma3n", .tied_by_default = true, .sliding_every = 5},
    Family{.model_type = "gemma3n_text", .tied_by_default = true, .sliding_every = 5},
    Family{.model_type = "gemma4", .tied_by_default = true},
    Family{.model_type = "gemma4_text", .tied_by_default = true},
    Family{.model_type = "llama4", .one_shared_expert = true},
    Family{.model_type = "llama4_text", .one_shared_expert = true},
    Family{.model_type = "cohere", .tied_by_default = true},
    Family{.model_type = "cohere2", .tied_by_default = true, .sliding_every = 4},
    Family{.model_type = "exaone4", .sliding_every = 4},
    Family{.model_type = "exaone_moe", .sliding_every = 4},
    Family{.model_type = "olmo3", .sliding_every = 4},
    Family{.model_type = "ernie4_5", .tied_by_default = true},
    Family{.model_type = "ernie4_5_moe", .tied_by_default = true},
    Family{.model_type = "ernie4_5_moe_vl", .tied_by_default = true},
    Family{.model_type = "ernie4_5_vl_moe", .tied_by_default = true},
    Family{.model_type = "ernie4_5_vl_moe_text", .tied_by_default = true},
    Family{.model_type = "mamba", .tied_by_default = true},
    Family{.model_type = "zamba2", .tied_by_default = true},
    Family{.model_type = "lfm2", .tied_by_default = true},
    Family{.model_type = "lfm2_moe", .tied_by_default = true},
    Family{.model_type = "minicpm", .tied_by_default = true},
    Family{.model_type = "minicpm3", .tied_by_default = true},
    Family{.model_type = "smollm3", .tied_by_default = true},
    Family{.model_type = "hunyuan_v1_dense", .tied_by_default = true},
    Family{.model_type = "grok-1", .tied_by_default = true},
    Family{.model_type = "qwen3_next", .output_gate = true},
    Family{.model_type = "qwen3_5", .output_gate = true},
    Family{.model_type = "qwen3_5_text", .output_gate = true},
    Family{.model_type = "qwen3_5_moe", .output_gate = true},
    Family{.model_type = "qwen3_5_moe_text", .output_gate = true},
    Family{.model_type = "afmoe", .output_gate = true},
    Family{.model_type = "llama", .defaults = {4096, 11008, 32, 32, 0, 32000}},
    Family{.model_type = "mistral", .defaults = {4096, 14336, 32, 32, 8, 32000}},
    Family{.model_type = "qwen2", .defaults = {4096, 22016, 32, 32, 32, 151936}},
    bert_like("bert"),
    bert_like("roberta"),
    bert_like("xlm-roberta"),
    bert_like("camembert"),
    bert_like("mpnet"),
    bert_like("distilbert"),
    bert_like("electra"),
    bert_like("albert"),
    Family{.model_type = "deberta", .matrices = 2, .tied_by_default = true, .causal = false},
    Family{.model_type = "deberta-v2", .matrices = 2, .tied_by_default = true, .causal = false},
    Family{.model_type = "modernbert", .tied_by_default = true, .causal = false},
    Family{.model_type = "eurobert", .tied_by_default = true, .causal = false},
    Family{.model_type = "nomic_bert", .tied_by_default = true, .causal = false},
    tower("siglip_vision_model"),
    tower("siglip2_vision_model"),
    tower("clip_vision_model"),
    tower("vit"),
    tower("dinov2"),
    refused("t5", encoder_decoder),
    refused("mt5", encoder_decoder),
    refused("umt5", encoder_decoder),
    refused("t5gemma", encoder_decoder),
    refused("bart", encoder_decoder),
    refused("mbart", encoder_decoder),
    refused("pegasus", encoder_decoder),
    refused("marian", encoder_decoder),
    refused("m2m_100", encoder_decoder),
    refused("whisper", encoder_decoder),
    refused("llada", diffusion),
    refused("Dream", diffusion),
    refused("jetmoe", "has experts in its attention too"),
    refused("doge", "masks its attention by what it learnt"),
    refused("hrm_text", "runs its layers in loops of its own"),
};

// Families that have the defaults above: causal, gated, with an lm_head of their own.
constexpr std::array<std::string_view, 84> plain_families{"mixtral",
                                                          "qwen2_moe",
                                                          "qwen2_vl",
                                                          "qwen2_vl_text",
                                                          "qwen2_5_vl",
                                                          "qwen2_5_vl_text",
                                                          "qwen3",
                                                          "qwen3_moe",
                                                          "qwen3_vl",
                                                          "qwen3_vl_text",
                                                          "qwen3_vl_moe",
                                                          "qwen3_vl_moe_text",
                                                          "deepseek",
                                                          "deepseek_v2",
                                                          "deepseek_v3",
                                                          "deepseek_v32",
                                                          "deepseek_v4",
                                                          "kimi_k2",
                                                          "kimi_k25",
                                                          "kimi_k3",
                                                          "kimi_linear",
                                                          "gpt_oss",
                                                          "glm",
                                                          "glm4",
                                                          "glm4_moe",
                                                          "glm4_moe_lite",
                                                          "glm_moe_dsa",
                                                          "glm4v",
                                                          "glm4v_moe",
                                                          "glm4v_text",
                                                          "chatglm",
                                                          "minimax",
                                                          "minimax_m1",
                                                          "minimax_m2",
                                                          "minimax_m3",
                                                          "minimax_text_01",
                                                          "mimo",
                                                          "mimo_v2_flash",
                                                          "step3_vl",
                                                          "step3_text",
                                                          "step3p5",
                                                          "step3p7",
                                                          "phi3",
                                                          "phi3small",
                                                          "phimoe",
                                                          "phi4mm",
                                                          "granite",
                                                          "granitemoe",
                                                          "granitemoeshared",
                                                          "granitemoehybrid",
                                                          "olmo",
                                                          "olmo2",
                                                          "olmoe",
                                                          "internlm2",
                                                          "internlm3",
                                                          "baichuan",
                                                          "yi",
                                                          "hunyuan",
                                                          "hunyuan_v1_moe",
                                                          "logics",
                                                          "stablelm",
                                                          "ministral",
                                                          "ministral3",
                                                          "jamba",
                                                          "bamba",
                                                          "falcon_h1",
                                                          "falcon_mamba",
                                                          "mamba2",
                                                          "plamo2",
                                                          "openelm",
                                                          "deci",
                                                          "nemotron-nas",
                                                          "dbrx",
                                                          "arctic",

                                                          "seed_oss",
                                                          "dots1",
                                                          "bailing_moe",
                                                          "bailing_moe_v2",
                                                          "bailing_moe_linear",
                                                          "bailing_hybrid",
                                                          "afmoe_text",
                                                          "longcat_flash",
                                                          "exaone",
                                                          "solar"};

}  // namespace

bool is_known_family(std::string_view model_type) {
    return std::ranges::find(families, model_type, &Family::model_type) != families.end() ||
           std::ranges::find(plain_families, model_type) != plain_families.end();
}

Family family_of(std::string_view model_type) {
    const auto row = std::ranges::find(families, model_type, &Family::model_type);
    return row == families.end() ? Family{.model_type = model_type} : *row;
}

}  // namespace roofline::hugging_face
