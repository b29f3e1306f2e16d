#include "indexers.hpp"
#include "input/json.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <cmath>

namespace roofline::hugging_face {
namespace {

constexpr Names kv_head_names{"num_key_value_heads",
                              "num_kv_heads",
                              "n_kv_heads",
                              "n_head_kv",
                              "num_attention_groups",
                              "kv_n_heads",
                              "attn_config.kv_n_heads",
                              "multi_query_group_num"};

// A layer's heads of keys. What counts them may be switched off: Falcon's older files have one head
// whatever they say, ChatGLM's groups need multi_query_attention.
double kv_heads(Config& config, const Frame& frame, double heads, std::size_t layer) {
    const bool newer = config.flag({"new_decoder_architecture"}).value_or(false);
    const auto switched = config.flag({"multi_query"});
    if (!newer && switched.value_or(frame.family.multi_query)) {
        config.find(kv_head_names);
        return 1;
    }
    if (const JsonValue* part = block_config(config, layer, "attention")) {
        const JsonValue* group = part->find("n_heads_in_group");
        if (group != nullptr && group->number() != nullptr && *group->number() > 0)
            return heads / *group->number();
    }
    const auto type = config.text({"attn_config.attn_type"});
    if (type && type->starts_with("multiquery")) return 1;
    if (const auto listed = config.number_at({"num_key_value_heads_per_layer"}, layer))
        return *listed;
    if (config.flag({"multi_query_attention"}) == false) {
        config.find(kv_head_names);
        return heads;
    }
    const auto given = config.number_at(kv_head_names, layer);
    return given.value_or(frame.family.defaults.kv_heads > 0 && config.is_nested()
                              ? frame.family.defaults.kv_heads
                              : heads);
}

GroupedQuery read_full(Config& config, const Frame& frame, std::size_t layer) {
    GroupedQuery attention;
    const auto heads = config.number_at(head_names, layer);
    const double of_class = config.is_nested() ? frame.family.defaults.heads : 0;
    attention.heads = heads && *heads > 0 ? *heads
                      : of_class > 0      ? of_class
                                          : config.required(head_names);
    attention.kv_heads = kv_heads(config, frame, attention.heads, layer);
    attention.head_dim =
        config
            .number_at({"head_dim", "attention_head_dim", "kv_channels", "hidden_size_per_head"},
                       layer)
            .value_or(frame.hidden / attention.heads);
    attention.value_dim = config.number({"v_head_dim"}).value_or(attention.head_dim);
    attention.output_gate = config.flag({"attn_output_gate"}).value_or(frame.family.output_gate);
    attention.head_gate = config.flag({"use_head_wise_attn_gate"}).value_or(false);
    attention.query_rank = config.number({"share_q_dim"}).value_or(0);
    // DeBERTa: positions have products with the content, each way.
    const bool relative = config.flag({"relative_attention"}).value_or(false);
    const std::string ways = config.text({"pos_att_type"}).value_or("");
    if (relative)
        attention.score_products += (ways.find("p2c") != std::string::npos ? 1 : 0) +
                                    (ways.find("c2p") != std::string::npos ? 1 : 0);
    return attention;
}

// Some families give their windowed layers, some their full ones, shapes of their own.
GroupedQuery read_windowed(Config& config, GroupedQuery attention, LayerKind kind) {
    attention.heads = config
                          .number({"swa_num_attention_heads", "num_sliding_attention_heads",
                                   "attention_other_setting.num_attention_heads"})
                          .value_or(attention.heads);
    attention.kv_heads =
        config.number({"swa_num_key_value_heads", "attention_other_setting.num_attention_groups"})
            .value_or(attention.kv_heads);
    attention.head_dim = config.number({"swa_head_dim", "attention_other_setting.head_dim"})
                             .value_or(attention.head_dim);
    attention.value_dim = config.number({"swa_v_head_dim"})
                              .value_or(std::min(attention.value_dim, attention.head_dim));
    const bool sliding = kind == LayerKind::sliding;
    const JsonValue* window = config.find(window_names);
    double tokens = 0;
    if (window != nullptr && window->array() != nullptr) {
        for (const JsonValue& item : *window->array())
            if (item.number() != nullptr) tokens = *item.number();
    } else {
        tokens =
            sliding ? config.required(window_names) : config.required({"attention_chunk_size"});
    }
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

LatentAttention read_latent(Config& config, const Frame& frame) {
    LatentAttention attention;
    attention.heads = config.required(head_names);
    attention.query_rank = config.number({"q_lora_rank"}).value_or(0);
    attention.kv_rank = config.required({"kv_lora_rank"});
    attention.nope_dim = config.required({"qk_nope_head_dim"});
    attention.rope_dim = config.required({"qk_rope_head_dim"});
    attention.value_dim = config.number({"v_head_dim"}).value_or(frame.hidden / attention.heads);
    attention.output_gate = config.flag({"mla_use_output_gate"}).value_or(false);
    attention.indexer = read_indexer(config);
    config.find({"num_key_value_heads", "head_dim", "qk_head_dim"});  // say nothing more here
    return attention;
}

// Reads the mixers of one layer after another.
class MixerReader {
  public:
    MixerReader(Config& config, const Frame& frame)
        : config_(config),
          frame_(frame),
          latent_(config.has({"kv_lora_rank"})),
          shares_indexer_(config),
          first_sharing_(static_cast<double>(frame.layers) -
                         config.number({"num_kv_shared_layers"}).value_or(0)),
          cla_(config.flag({"use_cla"}).value_or(false)
                   ? config.number({"cla_share_factor"}).value_or(1)
                   : 1) {
        config.find({"cla_share_factor"});
        if (cla_ < 1 || cla_ != std::floor(cla_))
            config.refuse("cla_share_factor", "is no count of layers");
        if (first_sharing_ <= 0 && frame.layers > 0)
            config.refuse("num_kv_shared_layers", "leaves no layer that keeps a cache");
    }

    std::vector<Mixer> operator()(LayerKind kind, std::size_t layer) {
        switch (kind) {
            case LayerKind::no_mixer:
            case LayerKind::linear_map:
                return {};
            case LayerKind::linear:
                return {read_linear(config_, frame_)};
            case LayerKind::state_space:
                return {read_state_space(config_, frame_)};
            case LayerKind::hybrid:
                return {attention(kind, layer), read_state_space(config_, frame_)};
            case LayerKind::convolution:
                return {read_convolution(config_, frame_)};
            case LayerKind::recurrence:
                return {read_recurrence(config_, frame_)};
            case LayerKind::full:
            case LayerKind::sliding:
            case LayerKind::chunked:
            case LayerKind::cross:
                break;
        }
        return {attention(kind, layer)};
    }

  private:
    Mixer attention(LayerKind kind, std::size_t layer) {
        if (config_.has({"compress_ratios"})) return read_compressed(config_, layer);
        if (latent_) {
            LatentAttention latent = read_latent(config_, frame_);
            if (latent.indexer && shares_indexer_(layer)) latent.indexer->heads = 0;
            return latent;
        }
        GroupedQuery result = read_full(config_, frame_, layer);
        const bool windowed = kind == LayerKind::sliding || kind == LayerKind::chunked;
        result =
            windowed ? read_windowed(config_, result, kind) : with_global_shape(config_, result);
        const double number = static_cast<double>(layer);
        if (number >= first_sharing_ || std::fmod(number, cla_) != 0) result.keys = Keys::earlier;
        if (kind == LayerKind::cross) result.keys = Keys::image;
        result.indexer = read_block_indexer(config_, layer);
        return result;
    }

    Config& config_;
    const Frame& frame_;
    bool latent_;
    SharedIndexers shares_indexer_;
    double first_sharing_;
    double cla_;
};

}  // namespace

Mixer read_compressed(Config& config, std::size_t layer) {
    CompressedAttention a{.heads = config.required(head_names),
                          .head_dim = config.required({"head_dim"}),
                          .query_rank = config.required({"q_lora_rank"}),
                          .output_rank = config.required({"o_lora_rank"}),
                          .output_groups = config.required({"o_groups"}),
                          .window = config.required(window_names)};
    config.find({"qk_rope_head_dim", "num_key_value_heads"});
    a.ratio = config.number_at({"compress_ratios"}, layer).value_or(0);
    constexpr double searched = 4;  // entries of so few tokens are too many to read them all
    if (a.ratio == searched) a.indexer = read_indexer(config);
    if (a.indexer) a.indexer->keys.reset();
    return a;
}

std::vector<std::vector<Mixer>> read_mixers(Config& config, const Frame& frame) {
    if (const auto weighted = read_weighted_key_value(config, frame))
        return std::vector<std::vector<Mixer>>(frame.layers, {*weighted});
    const std::vector<LayerKind> kinds = layer_kinds(config, frame);
    MixerReader read(config, frame);
    std::vector<std::vector<Mixer>> mixers;
    for (std::size_t i = 0; i < kinds.size(); ++i) mixers.push_back(read(kinds[i], i));
    config.find(window_names);  // of layers that there are none of
    config.find({"attention_chunk_size"});
    config.find({"mamba_d_state", "mamba_n_groups", "mamba_n_heads", "mamba_d_head", "mamba_d_conv",
                 "mamba_expand"});
    return mixers;
}

}  // namespace roofline::hugging_face
