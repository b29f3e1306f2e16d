#include "roofline/workload/parameters.hpp"

#include "element_bytes.hpp"
#include "recurrence.hpp"

#include <algorithm>

namespace roofline {
namespace {

// Elements that a token adds to the cache, in the cache's format.
struct CacheElements {
    double operator()(const GroupedQuery& a) const {
        return a.keys == Keys::own ? a.kv_heads * (a.head_dim + a.value_dim) : 0;
    }
    double operator()(const LatentAttention& a) const { return a.kv_rank + a.rope_dim; }
    double operator()(const CompressedAttention& a) const {
        return a.head_dim + (a.ratio > 0 ? a.head_dim / a.ratio : 0);
    }
    double operator()(const Recurrent auto&) const { return 0; }
};

// Heads are split; where there are more GPUs than heads, they are copied.
double split(double heads, double ways) { return heads / std::min(heads, ways); }

// Bytes that a sparse indexer keeps of a token; a layer that reuses an earlier one's choice none.
struct IndexKeys {
    Precision cache;

    double of(const std::optional<SparseIndexer>& indexer) const {
        if (!indexer || indexer->heads == 0) return 0;
        constexpr double scale_of_a_key = 4;  // fp32, beside one in fp8
        const double scale = indexer->keys == Precision::fp8 ? scale_of_a_key : 0;
        return indexer->head_dim * row_of(indexer->keys.value_or(cache)).bytes + scale;
    }
    double operator()(const GroupedQuery& a) const { return of(a.indexer); }
    double operator()(const LatentAttention& a) const { return of(a.indexer); }
    double operator()(const CompressedAttention& a) const {
        return a.ratio > 0 ? of(a.indexer) / a.ratio : 0;
    }
    double operator()(const Recurrent auto&) const { return 0; }
};

struct StateBytes {
    double hidden;

    Bytes operator()(const GroupedQuery&) const { return {}; }
    Bytes operator()(const LatentAttention&) const { return {}; }
    // What a compressor has yet to see, of two spans where they overlap, in fp32.
    Bytes operator()(const CompressedAttention& a) const {
        return 2 * (a.indexer ? 2 : 1) * a.ratio * a.head_dim * state_element_bytes * byte;
    }
    Bytes operator()(const Recurrent auto& a) const {
        const Recurrence r = recurrence_of(a, hidden);
        return (r.state * state_element_bytes + r.kept_columns * activation_bytes) * byte;
    }
};

double norm_parameters(const Layer& layer, double hidden) {
    return (layer.mixers.empty() ? 0 : hidden) + (widens(layer.feed_forward) ? hidden : 0);
}

}  // namespace

double ParameterCount::total() const {
    double sum = 0;
    for (const double count : by_component) sum += count;
    return sum;
}

ParameterCount parameters(const Model& model) {
    ParameterCount count;
    const auto add = [&](Component component, double number) {
        count.by_component[static_cast<std::size_t>(component)] += number;
    };
    const double table = model.vocabulary * model.token_width();
    add(Component::embedding, table + model.positions * model.hidden + model.tables);
    if (!model.tied_embeddings) add(Component::lm_head, table);
    for (const Layer& layer : model.layers) {
        for (const Matrix& matrix : matrices_of(layer, model.hidden))
            add(matrix.component, matrix.parameters() * layer.copies());
        add(Component::norms, norm_parameters(layer, model.hidden) * layer.copies());
    }
    for (const Projection& p : model.projections) add(Component::dense, p.inputs * p.outputs);
    add(Component::norms, model.hidden);
    return count;
}

double active_parameters(const Model& model) {
    double active = model.causal ? model.vocabulary * model.token_width() : 0;
    for (const Layer& layer : model.layers) {
        const auto* experts = routed_experts(layer.feed_forward);
        const double used = experts == nullptr ? 1 : experts->working() / experts->experts;
        for (const Matrix& matrix : matrices_of(layer, model.hidden)) {
            const bool routed = matrix.component == Component::experts;
            if (matrix.multiplied)
                active += matrix.parameters() * layer.count * (routed ? used : 1);
        }
    }
    for (const Projection& p : model.projections) active += p.inputs * p.outputs;
    return active;
}

Bytes stored_bytes(const Model& model, const WeightPlan& plan) {
    const ParameterCount count = parameters(model);
    Bytes sum;
    for (std::size_t i = 0; i < component_count; ++i)
        sum += count.by_component[i] * plan.by_component[i].per_weight();
    return sum;
}

CachePerToken cache_per_token(const Model& model, Precision cache) {
    CachePerToken result;
    Bytes widest;
    double caching_layers = 0;
    if (!model.causal) return result;
    for (const Layer& layer : model.layers) {
        const Bytes one = cache_bytes(layer, cache);
        for (const Mixer& mixer : layer.mixers)
            result.state += layer.count * state_bytes(mixer, model.hidden, 1);
        result.least += layer.count * one;
        widest = std::max(widest, one);
        if (one > Bytes()) caching_layers += layer.count;
    }
    result.reserved = caching_layers * widest;
    return result;
}

Bytes cache_bytes(const Mixer& mixer, Precision cache, double tensor_parallel) {
    const double heads = kv_heads(mixer);
    const double here = std::visit(CacheElements{}, mixer) / heads * split(heads, tensor_parallel);
    return (here * row_of(cache).bytes + std::visit(IndexKeys{cache}, mixer)) * byte;
}

Bytes cache_bytes(const Layer& layer, Precision cache) {
    Bytes sum;
    for (const Mixer& mixer : layer.mixers) sum += cache_bytes(mixer, cache, 1);
    return sum;
}

Bytes state_bytes(const Mixer& mixer, double hidden, double tensor_parallel) {
    return std::visit(StateBytes{hidden}, mixer) / tensor_parallel;
}

}  // namespace roofline
