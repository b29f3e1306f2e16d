#include "text/formatted.hpp"
#include "traits.hpp"

namespace roofline::hugging_face {
namespace {

double kv_heads(Config& config, double heads) {
    if (const auto given = config.number({"num_key_value_heads", "num_kv_heads", "n_kv_heads"}))
        return *given;
    return config.flag({"multi_query"}).value_or(false) ? 1 : heads;
}

GroupedQuery read_full(Config& config, const Frame& frame) {
    GroupedQuery attention;
    attention.heads = config.required({"num_attention_heads", "n_head", "n_heads"});
    attention.kv_heads = kv_heads(config, attention.heads);
    attention.head_dim = config.number({"head_dim", "attention_head_dim", "kv_channels"})
                             .value_or(frame.hidden / attention.heads);
    attention.value_dim = config.number({"v_head_dim"}).value_or(attention.head_dim);
    attention.output_gate = config.flag({"attn_output_gate"}).value_or(false);
    return attention;
}

// Some families give their windowed layers, some their full ones, shapes of their own.
GroupedQuery read_windowed(Config& config, GroupedQuery attention, LayerKind kind) {
    attention.heads = config.number({"swa_num_attention_heads"}).value_or(attention.heads);
    attention.kv_heads = config.number({"swa_num_key_value_heads"}).value_or(attention.kv_heads);
    attention.head_dim = config.number({"swa_head_dim"}).value_or(attention.head_dim);
    attention.value_dim = config.number({"swa_v_head_dim"}).value_or(attention.value_dim);
    const bool sliding = kind == LayerKind::sliding;
    const double tokens = sliding ? config.required({"sliding_window", "sliding_window_size"})
                                  : config.required({"attention_chunk_size"});
    attention.window = {.reach = sliding ? Reach::sliding : Reach::chunked, .tokens = tokens};
    return attention;
}

GroupedQuery with_global_shape(Config& config, GroupedQuery attention) {
    attention.kv_heads = config.number({"num_global_key_value_heads"}).value_or(attention.kv_heads);
    const auto dim = config.number({"global_head_dim"});
    if (dim) attention.head_dim = attention.value_dim = *dim;
    attention.keys_are_values = config.flag({"attention_k_eq_v"}).value_or(false);
    return attention;
}

LatentAttention read_latent(Config& config) {
    LatentAttention attention;
    attention.heads = config.required({"num_attention_heads"});
    attention.query_rank = config.number({"q_lora_rank"}).value_or(0);
    attention.kv_rank = config.required({"kv_lora_rank"});
    attention.nope_dim = config.required({"qk_nope_head_dim"});
    attention.rope_dim = config.required({"qk_rope_head_dim"});
    attention.value_dim = config.required({"v_head_dim"});
    attention.output_gate = config.flag({"mla_use_output_gate"}).value_or(false);
    if (config.number({"index_topk"}))
        attention.indexer = SparseIndexer{.heads = config.required({"index_n_heads"}),
                                          .head_dim = config.required({"index_head_dim"}),
                                          .top_k = config.required({"index_topk"})};
    config.find({"num_key_value_heads", "head_dim", "qk_head_dim"});  // say nothing more here
    return attention;
}

LinearAttention read_linear(Config& config) {
    const JsonValue* section = config.find({"linear_attn_config"});
    const auto member = [&](std::string_view name) {
        const JsonValue* found = section->find(name);
        if (found != nullptr && found->number() != nullptr) return *found->number();
        config.refuse("linear_attn_config", formatted("has no '{}'", name));
    };
    if (section != nullptr) {
        const double heads = member("num_heads");
        const double dim = member("head_dim");
        return {.key_heads = heads,
                .key_dim = dim,
                .value_heads = heads,
                .value_dim = dim,
                .conv_kernel = member("short_conv_kernel_size")};
    }
    return {.key_heads = config.required({"linear_num_key_heads"}),
            .key_dim = config.required({"linear_key_head_dim"}),
            .value_heads = config.required({"linear_num_value_heads"}),
            .value_dim = config.required({"linear_value_head_dim"}),
            .conv_kernel = config.required({"linear_conv_kernel_dim"})};
}

StateSpace read_state_space(Config& config) {
    config.find({"expand"});  // heads x head_dim say it exactly
    return {.heads = config.required({"mamba_num_heads"}),
            .head_dim = config.required({"mamba_head_dim"}),
            .groups = config.required({"n_groups"}),
            .state_dim = config.required({"ssm_state_size"}),
            .conv_kernel = config.required({"conv_kernel"})};
}

// Layers marked "shared" reuse the keys that an earlier layer's indexer picked.
bool shares_indexer(const std::vector<std::string>& types, std::size_t layer) {
    return layer < types.size() && types[layer] == "shared";
}

}  // namespace

std::vector<Mixer> read_mixers(Config& config, const Frame& frame) {
    const bool latent = config.find({"kv_lora_rank"}) != nullptr;
    const std::vector<std::string> indexers = config.texts({"indexer_types"});
    config.find({"index_topk_freq", "index_topk_pattern", "index_skip_topk_offset"});
    const std::vector<LayerKind> kinds = layer_kinds(config, frame);
    std::vector<Mixer> mixers;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == LayerKind::no_mixer) {
            mixers.emplace_back();
        } else if (kinds[i] == LayerKind::linear) {
            mixers.emplace_back(read_linear(config));
        } else if (kinds[i] == LayerKind::state_space) {
            mixers.emplace_back(read_state_space(config));
        } else if (latent) {
            LatentAttention attention = read_latent(config);
            if (attention.indexer && shares_indexer(indexers, i)) attention.indexer->heads = 0;
            mixers.emplace_back(attention);
        } else if (kinds[i] == LayerKind::full) {
            mixers.emplace_back(with_global_shape(config, read_full(config, frame)));
        } else {
            mixers.emplace_back(read_windowed(config, read_full(config, frame), kinds[i]));
        }
    }
    config.find({"sliding_window", "sliding_window_size", "attention_chunk_size"});
    return mixers;
}

}  // namespace roofline::hugging_face
