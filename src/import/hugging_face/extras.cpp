#include "input/json.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <array>

namespace roofline::hugging_face {
namespace {

// Nemotron-NAS: a matrix in the place of attention or of a feed-forward.
void add_linear_maps(Config& config, const Frame& frame, Model& model) {
    for (std::size_t i = 0; i < frame.layers; ++i)
        for (const std::string_view part : {"attention", "ffn"})
            if (const JsonValue* block = block_config(config, i, part);
                block != nullptr && is_true(*block, "replace_with_linear"))
                model.layers[i].projections.push_back({frame.hidden, frame.hidden});
}

// Embeddings of each layer, looked up and brought in through a gate (Gemma 3n, Gemma 4).
void add_layer_embeddings(Config& config, const Frame& frame, Model& model) {
    const double width = config.number({"hidden_size_per_layer_input"}).value_or(0);
    const auto rows = config.number({"vocab_size_per_layer_input"});
    if (width == 0) return;
    const double of_all_layers = static_cast<double>(frame.layers) * width;
    model.tables += rows.value_or(model.vocabulary) * of_all_layers;
    model.projections.push_back({frame.hidden, of_all_layers});
    for (Layer& layer : model.layers) layer.projections.push_back({2 * frame.hidden, width});
}

// Gemma 3n: a narrow residual, and several streams of which one is worked on.
void add_streams(Config& config, const Frame& frame, Model& model) {
    const double rank = config.number({"laurel_rank"}).value_or(0);
    const double streams = config.number({"altup_num_inputs"}).value_or(1);
    config.find({"altup_active_idx", "altup_correct_scale", "activation_sparsity_pattern"});
    for (Layer& layer : model.layers) {
        if (rank > 0) layer.projections.push_back({2 * frame.hidden, rank});
        if (streams > 1)
            layer.projections.push_back({frame.hidden + streams * (streams + 1), streams});
    }
    if (streams > 1)  // each of the others is made from the first, and joined to it again
        model.projections.push_back({2 * (streams - 1) * frame.hidden, frame.hidden});
}

// DeepSeek-V4: the residual is `n` streams, mixed before and behind each half of a layer, and once
// at the end (hyper-connections).
void add_hyper_connections(Config& config, const Frame& frame, Model& model) {
    const double n = config.number({"hc_mult"}).value_or(0);
    config.find({"num_hash_layers"});  // route by a table of tokens, with the same weights
    if (n == 0) return;
    for (Layer& layer : model.layers)
        layer.projections.push_back({n * frame.hidden + 1, 2 * (2 + n) * n});
    model.projections.push_back({n * frame.hidden + 1, n});
}

// LongCat: each layer is two, of which the second has the experts beside its dense half.
void double_layers(Config& config, Model& model) {
    if (!config.has({"expert_ffn_hidden_size"})) return;
    const double width = config.required({"ffn_hidden_size"});
    std::vector<Layer> halves;
    for (Layer& layer : model.layers) {
        auto* experts = std::get_if<MixtureOfExperts>(&layer.feed_forward);
        if (experts == nullptr) return;
        experts->shared_width += width;
        halves.push_back({.mixers = layer.mixers, .feed_forward = DenseFeedForward{width}});
        halves.push_back(layer);
    }
    model.layers = std::move(halves);
}

// Zamba2: a few blocks of attention and feed-forward, that many layers share in turn. They read the
// state beside the embedding, and each use has narrow matrices of its own and one into the layer.
void add_shared_blocks(Config& config, const Frame& frame, Model& model) {
    const double blocks = config.number({"num_mem_blocks"}).value_or(0);
    if (blocks == 0) return;
    double uses = 0;
    for (const std::string& name : config.texts({"layers_block_type"}))
        uses += name == "hybrid" ? 1 : 0;
    const double h = frame.hidden;
    const double heads = config.required(head_names);
    const double dim = 2 * h / heads;
    const double width = config.required({"intermediate_size"});
    const double rank = config.number({"adapter_rank"}).value_or(0);
    const bool on_attention = config.flag({"use_shared_attention_adapter"}).value_or(false);
    Layer own{.count = uses, .projections = {{h, h}, {h + 2 * width, rank}}};
    if (on_attention) own.projections.push_back({3 * 2 * 2 * h, rank});
    model.layers.push_back(std::move(own));
    model.layers.push_back({.count = uses,
                            .mixers = {GroupedQuery{.heads = heads,
                                                    .kv_heads = heads,
                                                    .head_dim = dim,
                                                    .value_dim = dim,
                                                    .inputs = 2 * h}},
                            .feed_forward = DenseFeedForward{width},
                            .stored = blocks});
    config.find({"num_key_value_heads", "attention_head_dim", "attention_hidden_size"});
}

// ALBERT: groups of weights that all layers share.
void share_layers(Config& config, const Frame& frame, Model& model) {
    const auto groups = config.number({"num_hidden_groups"});
    const double inner = config.number({"inner_group_num"}).value_or(1);
    if (!groups) return;
    if (*groups < 1 || inner < 1) config.refuse("num_hidden_groups", "is no count of groups");
    Layer shared = model.layers.front();
    shared.count = static_cast<double>(frame.layers) * inner;
    shared.stored = *groups * inner;
    model.layers = {shared};
}

// Tokens that come in, and go out, narrower than the layers are (OPT 350M, ALBERT, ELECTRA).
void narrow_embeddings(Config& config, const Frame& frame, Model& model) {
    const auto both = config.number({"word_embed_proj_dim"});
    const auto in = config.number({"embedding_size"});
    const double width = both.value_or(in.value_or(0));
    if (width == 0 || width == frame.hidden || width >= model.vocabulary) return;  // rows, then
    model.embedding_width = width;
    model.projections.push_back({width, frame.hidden});
    if (both) return model.projections.push_back({frame.hidden, width});
    model.tables += model.positions * width;  // positions come in as narrow
    model.positions = 0;
}

// Tables and poolers of encoders.
void add_encoder_parts(Config& config, const Frame& frame, Model& model) {
    if (model.causal) return;
    const auto types = config.number({"type_vocab_size"});
    const double h = frame.hidden;
    model.tables += types.value_or(0) * model.token_width();
    const bool relative = config.flag({"relative_attention"}).value_or(false);
    if (relative) {
        const double positions = model.context.value_or(0);
        const double buckets = config.number({"position_buckets"}).value_or(positions);
        const bool shared = config.flag({"share_att_key"}).value_or(false);
        model.tables += 2 * buckets * h;
        if (!shared) model.tables += 2 * static_cast<double>(frame.layers) * h * h;
        if (config.flag({"position_biased_input"}).value_or(true)) model.tables += positions * h;
    } else if (types && frame.family.learned_positions) {
        model.tables += h * h;  // the pooler sees one token
    }
}

// Of a block one by one: what is not known may change it.
void refuse_unknown_block(Config& config, const JsonValue& part, std::size_t layer) {
    constexpr std::array<std::string_view, 5> known{
        "n_heads_in_group", "no_op", "replace_with_linear", "ffn_mult", "intermediate_size"};
    for (const JsonMember& member : *part.object()) {
        const bool* flag = member.value.boolean();
        const bool silent = member.value.is_null() || (flag != nullptr && !*flag);
        if (!silent && std::ranges::find(known, member.key) == known.end())
            config.refuse(
                "block_configs",
                formatted("gives '{}' to layer {}, which is not modelled", member.key, layer));
    }
}

}  // namespace

const JsonValue* block_config(Config& config, std::size_t layer, std::string_view part) {
    const JsonValue* all = config.find({"block_configs"});
    if (all == nullptr) return nullptr;
    const bool listed = all->array() != nullptr && layer < all->array()->size();
    const JsonValue* found = listed ? (*all->array())[layer].find(part) : nullptr;
    if (found == nullptr || found->object() == nullptr)
        config.refuse("block_configs",
                      formatted("has no '{}' of layer {}: other kinds of blocks are not modelled",
                                part, layer));
    refuse_unknown_block(config, *found, layer);
    return found;
}

void add_extras(Config& config, const Frame& frame, Model& model) {
    config.find({"attn_res_block_size"});  // two vectors a layer
    config.find({"parallel_attn"});        // a norm fewer
    narrow_embeddings(config, frame, model);
    add_linear_maps(config, frame, model);
    add_layer_embeddings(config, frame, model);
    add_streams(config, frame, model);
    add_hyper_connections(config, frame, model);
    if (frame.family.gated_channels)
        for (Layer& layer : model.layers) layer.projections.push_back({frame.hidden, frame.hidden});
    share_layers(config, frame, model);
    double_layers(config, model);
    add_shared_blocks(config, frame, model);
    add_encoder_parts(config, frame, model);
}

}  // namespace roofline::hugging_face
