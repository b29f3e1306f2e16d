#include "roofline/workload/parameters.hpp"

#include "element_bytes.hpp"

#include <algorithm>

namespace roofline {
namespace {

struct MatrixList {
    double hidden;
    std::vector<Matrix> matrices = {};

    void add(const Matrix& matrix) {
        if (matrix.parameters() > 0) matrices.push_back(matrix);
    }
    void add(OperatorKind kind, Division division, double inputs, double outputs,
             Component component = Component::attention) {
        add(Matrix{kind, component, division, inputs, outputs});
    }

    void operator()(std::monostate) {}

    void operator()(const GroupedQuery& a) {
        const double gate = a.output_gate ? a.heads * a.value_dim : 0;
        const double values = a.keys_are_values ? 0 : a.kv_heads * a.value_dim;
        add(OperatorKind::qkv_projection, Division::heads, hidden, a.heads * a.head_dim + gate);
        add(OperatorKind::qkv_projection, Division::kv_heads, hidden,
            a.kv_heads * a.head_dim + values);
        add(OperatorKind::output_projection, Division::heads, a.heads * a.value_dim, hidden);
    }

    void operator()(const LatentAttention& a) {
        const double query = a.heads * (a.nope_dim + a.rope_dim);
        const bool in_two_steps = a.query_rank > 0;
        add(OperatorKind::latent_projection, Division::copied, hidden,
            a.query_rank + a.kv_rank + a.rope_dim);
        add(OperatorKind::qkv_projection, Division::heads, in_two_steps ? a.query_rank : hidden,
            query);
        add(OperatorKind::qkv_projection, Division::heads, a.kv_rank,
            a.heads * (a.nope_dim + a.value_dim));
        if (a.output_gate)
            add(OperatorKind::qkv_projection, Division::heads, hidden, a.heads * a.value_dim);
        if (a.indexer && a.indexer->heads > 0) {
            add(OperatorKind::indexer_projection, Division::copied, hidden,
                a.indexer->head_dim + a.indexer->heads);
            add(OperatorKind::indexer_projection, Division::copied,
                in_two_steps ? a.query_rank : hidden, a.indexer->heads * a.indexer->head_dim);
        }
        add(OperatorKind::output_projection, Division::heads, a.heads * a.value_dim, hidden);
    }

    // Queries, keys, values and output gate, decay and update strength per value head, and a short
    // convolution over queries, keys and values (Yang et al. 2024, gated delta networks).
    void operator()(const LinearAttention& a) {
        const double keys = a.key_heads * a.key_dim;
        const double values = a.value_heads * a.value_dim;
        add(OperatorKind::qkv_projection, Division::heads, hidden,
            2 * keys + 2 * values + 2 * a.value_heads);
        add(OperatorKind::recurrence, Division::heads, a.conv_kernel, 2 * keys + values);
        add(OperatorKind::output_projection, Division::heads, values, hidden);
    }

    // Gate, input, B and C per group, step per head, a short convolution (Dao and Gu 2024,
    // Mamba-2).
    void operator()(const StateSpace& a) {
        const double inner = a.heads * a.head_dim;
        const double groups = 2 * a.groups * a.state_dim;
        add(OperatorKind::qkv_projection, Division::heads, hidden, 2 * inner + groups + a.heads);
        add(OperatorKind::recurrence, Division::heads, a.conv_kernel, inner + groups);
        add(OperatorKind::output_projection, Division::heads, inner, hidden);
    }

    void operator()(const DenseFeedForward& f) {
        add(OperatorKind::gate_up_projection, Division::instance, hidden,
            f.width * (f.matrices - 1), Component::dense);
        add(OperatorKind::down_projection, Division::instance, f.width, hidden, Component::dense);
    }

    void operator()(const MixtureOfExperts& f) {
        const double inner = f.latent > 0 ? f.latent : hidden;
        add(OperatorKind::router, Division::copied, hidden, f.experts, Component::router);
        add(OperatorKind::expert_latent, Division::instance, hidden, 2 * f.latent,
            Component::shared_experts);
        add(Matrix{OperatorKind::experts, Component::experts, Division::experts, inner,
                   f.width * f.matrices, f.experts});
        add(OperatorKind::shared_experts, Division::instance, hidden, f.shared_width * f.matrices,
            Component::shared_experts);
    }
};

struct CacheElements {
    double operator()(std::monostate) const { return 0; }
    double operator()(const GroupedQuery& a) const {
        return a.kv_heads * (a.head_dim + a.value_dim);
    }
    double operator()(const LatentAttention& a) const { return a.kv_rank + a.rope_dim; }
    double operator()(const LinearAttention&) const { return 0; }
    double operator()(const StateSpace&) const { return 0; }
};

// Heads are split; where there are more GPUs than heads, they are copied.
double split(double heads, double ways) { return heads / std::min(heads, ways); }

// Elements that a sparse indexer keeps of a token; a layer that reuses an earlier one's choice
// none.
struct IndexKeys {
    double operator()(std::monostate) const { return 0; }
    double operator()(const GroupedQuery&) const { return 0; }
    double operator()(const LatentAttention& a) const {
        return a.indexer && a.indexer->heads > 0 ? a.indexer->head_dim : 0;
    }
    double operator()(const LinearAttention&) const { return 0; }
    double operator()(const StateSpace&) const { return 0; }
};

struct StateElements {
    double operator()(std::monostate) const { return 0; }
    double operator()(const GroupedQuery&) const { return 0; }
    double operator()(const LatentAttention&) const { return 0; }
    double operator()(const LinearAttention& a) const {
        return a.value_heads * a.value_dim * a.key_dim;
    }
    double operator()(const StateSpace& a) const { return a.heads * a.head_dim * a.state_dim; }
};

double norm_parameters(const Layer& layer, double hidden) {
    return (mixes(layer.mixer) ? hidden : 0) + (widens(layer.feed_forward) ? hidden : 0);
}

}  // namespace

std::vector<Matrix> matrices_of(const Layer& layer, double hidden) {
    MatrixList list{.hidden = hidden};
    std::visit(list, layer.mixer);
    std::visit(list, layer.feed_forward);
    return std::move(list.matrices);
}

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
    add(Component::embedding, (model.vocabulary + model.positions) * model.hidden);
    if (!model.tied_embeddings) add(Component::lm_head, model.vocabulary * model.hidden);
    for (const Layer& layer : model.layers) {
        for (const Matrix& matrix : matrices_of(layer, model.hidden))
            add(matrix.component, matrix.parameters() * layer.count);
        add(Component::norms, norm_parameters(layer, model.hidden) * layer.count);
    }
    add(Component::norms, model.hidden);
    return count;
}

double active_parameters(const Model& model) {
    double active = model.causal ? model.vocabulary * model.hidden : 0;
    for (const Layer& layer : model.layers) {
        const auto* experts = routed_experts(layer.feed_forward);
        const double used = experts == nullptr ? 1 : experts->active / experts->experts;
        for (const Matrix& matrix : matrices_of(layer, model.hidden)) {
            const bool routed = matrix.component == Component::experts;
            active += matrix.parameters() * layer.count * (routed ? used : 1);
        }
    }
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
        const Bytes one = cache_bytes(layer.mixer, cache, 1);
        result.least += layer.count * one;
        result.state += layer.count * state_bytes(layer.mixer, 1);
        widest = std::max(widest, one);
        if (one > Bytes()) caching_layers += layer.count;
    }
    result.reserved = caching_layers * widest;
    return result;
}

Bytes cache_bytes(const Mixer& mixer, Precision cache, double tensor_parallel) {
    const double heads = kv_heads(mixer);
    const double here = std::visit(CacheElements{}, mixer) / heads * split(heads, tensor_parallel);
    const double keys = std::visit(IndexKeys{}, mixer);
    return (here * row_of(cache).bytes + keys * index_key_bytes) * byte;
}

Bytes state_bytes(const Mixer& mixer, double tensor_parallel) {
    return std::visit(StateElements{}, mixer) / tensor_parallel * state_element_bytes * byte;
}

}  // namespace roofline
