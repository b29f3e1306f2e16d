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
        return formatted("attention {} heads / {} kv x {}{}", a.heads, a.kv_heads, a.head_dim,
                         reach);
    }
    std::string operator()(const LatentAttention& a) const {
        const std::string sparse =
            a.indexer ? formatted(", sparse top {}", a.indexer->top_k) : std::string();
        return formatted("latent attention {} heads, {} + {}{}", a.heads, a.kv_rank, a.rope_dim,
                         sparse);
    }
    std::string operator()(const LinearAttention& a) const {
        return formatted("linear attention {} heads x {} x {}", a.value_heads, a.key_dim,
                         a.value_dim);
    }
    std::string operator()(const StateSpace& a) const {
        return formatted("state space {} heads x {} x {}", a.heads, a.head_dim, a.state_dim);
    }
    std::string operator()(const DenseFeedForward& f) const {
        return formatted("dense {}{}", f.width, f.matrices == 2 ? " without gate" : "");
    }
    std::string operator()(const MixtureOfExperts& f) const {
        const std::string shared =
            f.shared_width > 0 ? formatted(" + shared {}", f.shared_width) : std::string();
        return formatted("{} of {} experts x {}{}", f.active, f.experts, f.width, shared);
    }
};

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
        rows.push_back({layer.count, std::visit(Describe{}, layer.mixer),
                        std::visit(Describe{}, layer.feed_forward),
                        layer_parameters(layer, model.hidden),
                        Measure(layer_bytes(layer, model.hidden, plan)),
                        model.causal ? Cell(Measure(cache_bytes(layer.mixer, cache, 1))) : Cell()});
    return {.title = "Layers, one row per shape",
            .columns = {{"COUNT", "count"},
                        {"MIXER", "mixer"},
                        {"FEED-FORWARD", "feed_forward"},
                        {"PARAMETERS, B", "parameters", 3, Need::always, 1e9},
                        {"BYTES", "bytes"},
                        {"CACHE/TOKEN", "cache_bytes_per_token"}},
            .next = rows_of(std::move(rows))};
}

List layer_list(const Model& model, const WeightPlan& plan, Precision cache) {
    List list;
    for (const Layer& layer : model.layers)
        list.emplace_back(
            Record()
                .add("count", layer.count)
                .add("mixer", std::visit(Describe{}, layer.mixer))
                .add("feed_forward", std::visit(Describe{}, layer.feed_forward))
                .add("parameters", layer_parameters(layer, model.hidden))
                .add("weights", layer_bytes(layer, model.hidden, plan))
                .add("kv_bytes_per_token", cache_bytes(layer.mixer, cache, 1).in(byte)));
    return list;
}

}  // namespace roofline
