#include "model_layers.hpp"

#include "roofline/workload/parameters.hpp"

#include "text/formatted.hpp"

namespace roofline {
namespace {

/// Words for the kind of a layer's mixer and of its feed-forward.
struct Describe {
    std::string operator()(std::monostate) const { return "–"; }
    std::string operator()(const GroupedQuery& a) const {
        std::string reach;
        if (a.window.reach == Reach::sliding) reach = formatted(", window {}", a.window.tokens);
        if (a.window.reach == Reach::chunked) reach = formatted(", chunks of {}", a.window.tokens);
        if (a.indexer) reach += formatted(", sparse top {}", a.indexer->top_k);
        if (a.keys == Keys::earlier) reach += ", keys of an earlier layer";
        if (a.keys == Keys::image) reach += ", over an image";
        return formatted("attention {} heads / {} kv x {}{}", a.heads, a.kv_heads, a.head_dim,
                         reach);
    }
    std::string operator()(const LatentAttention& a) const {
        const std::string sparse =
            a.indexer ? formatted(", sparse top {}", a.indexer->top_k) : std::string();
        return formatted("latent attention {} heads, {} + {}{}", a.heads, a.kv_rank, a.rope_dim,
                         sparse);
    }
    std::string operator()(const CompressedAttention& a) const {
        const std::string entries =
            a.ratio > 0 ? formatted(", an entry for {}", a.ratio) : std::string();
        const std::string sparse =
            a.indexer ? formatted(", sparse top {}", a.indexer->top_k) : std::string();
        return formatted("compressed attention {} heads x {}, window {}{}{}", a.heads, a.head_dim,
                         a.window, entries, sparse);
    }
    std::string operator()(const LinearAttention& a) const {
        return formatted("linear attention {} heads x {} x {}", a.value_heads, a.key_dim,
                         a.value_dim);
    }
    std::string operator()(const StateSpace& a) const {
        return formatted("state space {} heads x {} x {}", a.heads, a.head_dim, a.state_dim);
    }
    std::string operator()(const SelectiveState& a) const {
        return formatted("state space {} channels x {}", a.channels, a.state_dim);
    }
    std::string operator()(const GatedRecurrence& a) const {
        return formatted("gated recurrence {} channels", a.channels);
    }
    std::string operator()(const ShortConvolution& a) const {
        return formatted("convolution over {} tokens", a.conv_kernel);
    }
    std::string operator()(const WeightedKeyValue& a) const {
        return formatted("weighted key-value {} heads x {} x {}", a.heads, a.head_dim, a.head_dim);
    }
    std::string operator()(const DenseFeedForward& f) const {
        return formatted("dense {}{}", f.width, f.matrices == 2 ? " without gate" : "");
    }
    std::string operator()(const MixtureOfExperts& f) const {
        const std::string shared =
            f.shared_width > 0 ? formatted(" + shared {}", f.shared_width) : std::string();
        const std::string idle = f.idle > 0 ? formatted(" + {} idle", f.idle) : std::string();
        return formatted("{} of {}{} experts x {}{}", f.active, f.experts, idle, f.width, shared);
    }
};

std::string mixer_words(const Layer& layer) {
    std::string words;
    for (const Mixer& mixer : layer.mixers)
        words += (words.empty() ? "" : " + ") + std::visit(Describe{}, mixer);
    return words.empty() ? "–" : words;
}

double layer_parameters(const Layer& layer, double hidden) {
    double sum = 0;
    for (const Matrix& matrix : matrices_of(layer, hidden)) sum += matrix.parameters();
    return sum;
}

Bytes layer_bytes(const Layer& layer, double hidden, const WeightPlan& plan) {
    Bytes sum;
    for (const Matrix& matrix : matrices_of(layer, hidden))
        sum += matrix.parameters() * plan.of(matrix.component).per_weight();
    return sum;
}

}  // namespace

Table layer_table(const Model& model, const WeightPlan& plan, Precision cache) {
    std::vector<Row> rows;
    for (const Layer& layer : model.layers)
        rows.push_back({layer.count, mixer_words(layer), std::visit(Describe{}, layer.feed_forward),
                        layer_parameters(layer, model.hidden),
                        Measure(layer_bytes(layer, model.hidden, plan)),
                        model.causal ? Cell(Measure(cache_bytes(layer, cache))) : Cell()});
    return {.title = "Layers, one row per shape",
            .columns = {{"count", "count"},
                        {"mixer", "mixer"},
                        {"feed-forward", "feed_forward"},
                        {"parameters, B", "parameters", 3, Need::always, 1e9},
                        {"bytes", "bytes"},
                        {"cache/token", "cache_bytes_per_token"}},
            .next = rows_of(std::move(rows))};
}

List layer_list(const Model& model, const WeightPlan& plan, Precision cache) {
    List list;
    for (const Layer& layer : model.layers)
        list.emplace_back(Record()
                              .add("count", layer.count)
                              .add("mixer", mixer_words(layer))
                              .add("feed_forward", std::visit(Describe{}, layer.feed_forward))
                              .add("parameters", layer_parameters(layer, model.hidden))
                              .add("weights", layer_bytes(layer, model.hidden, plan))
                              .add("kv_bytes_per_token", cache_bytes(layer, cache).in(byte)));
    return list;
}

}  // namespace roofline
