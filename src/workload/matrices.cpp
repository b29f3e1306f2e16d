#include "roofline/workload/matrices.hpp"

#include "recurrence.hpp"

#include <utility>

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

    void add_indexer(const SparseIndexer& indexer, double query_inputs) {
        add(OperatorKind::indexer_projection, Division::copied, hidden,
            indexer.head_dim + indexer.heads);
        add(OperatorKind::indexer_projection, Division::copied, query_inputs,
            indexer.heads * indexer.head_dim);
    }

    void operator()(std::monostate) {}

    void operator()(const GroupedQuery& a) {
        const double inputs = a.inputs > 0 ? a.inputs : hidden;
        const double gate = a.output_gate ? a.heads * a.value_dim : a.head_gate ? a.heads : 0;
        const double values = a.keys_are_values ? 0 : a.kv_heads * a.value_dim;
        const double queries = a.heads * a.head_dim + gate;
        add(OperatorKind::latent_projection, Division::copied, inputs, a.query_rank);
        add(OperatorKind::qkv_projection, Division::heads, a.query_rank > 0 ? a.query_rank : inputs,
            queries);
        if (a.keys != Keys::earlier)
            add(Matrix{.kind = OperatorKind::qkv_projection,
                       .component = Component::attention,
                       .division = Division::kv_heads,
                       .inputs = inputs,
                       .outputs = a.kv_heads * a.head_dim + values,
                       .heads = a.kv_heads});
        if (a.indexer && a.indexer->heads > 0) add_indexer(*a.indexer, hidden);
        add(OperatorKind::output_projection, Division::heads, a.heads * a.value_dim, hidden);
    }

    void operator()(const LatentAttention& a) {
        const double query = a.heads * (a.nope_dim + a.rope_dim);
        const double query_inputs = a.query_rank > 0 ? a.query_rank : hidden;
        add(OperatorKind::latent_projection, Division::copied, hidden,
            a.query_rank + a.kv_rank + a.rope_dim);
        add(OperatorKind::qkv_projection, Division::heads, query_inputs, query);
        add(OperatorKind::qkv_projection, Division::heads, a.kv_rank,
            a.heads * (a.nope_dim + a.value_dim));
        if (a.output_gate)
            add(OperatorKind::qkv_projection, Division::heads, hidden, a.heads * a.value_dim);
        if (a.indexer && a.indexer->heads > 0) add_indexer(*a.indexer, query_inputs);
        add(OperatorKind::output_projection, Division::heads, a.heads * a.value_dim, hidden);
    }

    // One head of keys that are values too; heads give their results to their group's narrow
    // matrix. A compressor has keys and weights of its own, of which one that keeps an entry for
    // few tokens overlaps two spans, and a bias for each of the span's tokens; so has the indexer.
    void operator()(const CompressedAttention& a) {
        const double queries = a.heads * a.head_dim;
        add(OperatorKind::latent_projection, Division::copied, hidden, a.query_rank + a.head_dim);
        add(OperatorKind::qkv_projection, Division::heads, a.query_rank, queries);
        add(OperatorKind::output_projection, Division::heads, queries, a.output_rank);
        add(OperatorKind::output_projection, Division::copied, a.output_groups * a.output_rank,
            hidden);
        if (a.ratio == 0) return;
        const double spans = a.indexer ? 2 : 1;
        add(OperatorKind::latent_projection, Division::copied, 2 * hidden + a.ratio,
            spans * a.head_dim);
        if (!a.indexer || a.indexer->heads == 0) return;
        add(OperatorKind::indexer_projection, Division::copied, 2 * hidden + a.ratio,
            spans * a.indexer->head_dim);
        add(OperatorKind::indexer_projection, Division::copied, hidden, a.indexer->heads);
        add(OperatorKind::indexer_projection, Division::copied, a.query_rank,
            a.indexer->heads * a.indexer->head_dim);
    }

    void operator()(const Recurrent auto& a) {
        const Recurrence r = recurrence_of(a, hidden);
        add(OperatorKind::qkv_projection, Division::heads, hidden, r.inward);
        // Narrow matrices of the channels, as one.
        add(OperatorKind::qkv_projection, Division::heads, r.outward, r.inner / r.outward);
        add(OperatorKind::recurrence, Division::heads, r.conv_kernel, r.convolved);
        add(OperatorKind::output_projection, Division::heads, r.outward, hidden);
    }

    void operator()(const Projection& p) {
        add(OperatorKind::adapter, Division::copied, p.inputs, p.outputs, Component::dense);
    }

    void operator()(const DenseFeedForward& f) {
        add(OperatorKind::gate_up_projection, Division::instance, hidden,
            f.width * (f.matrices - 1), Component::dense);
        add(OperatorKind::down_projection, Division::instance, f.width, hidden, Component::dense);
    }

    void operator()(const MixtureOfExperts& f) {
        const double inner = f.latent > 0 ? f.latent : hidden;
        add(OperatorKind::router, Division::copied, hidden, f.experts + f.idle, Component::router);
        add(OperatorKind::expert_latent, Division::instance, hidden, 2 * f.latent,
            Component::shared_experts);
        add(Matrix{OperatorKind::experts, Component::experts, Division::experts, inner,
                   f.width * f.matrices, f.experts});
        add(OperatorKind::shared_experts, Division::instance, hidden, f.shared_width * f.matrices,
            Component::shared_experts);
        Matrix unused{OperatorKind::experts, Component::experts, Division::experts, 1, f.unused};
        unused.multiplied = false;
        add(unused);
    }
};

}  // namespace

std::vector<Matrix> matrices_of(const Layer& layer, double hidden) {
    MatrixList list{.hidden = hidden};
    for (const Mixer& mixer : layer.mixers) std::visit(list, mixer);
    std::visit(list, layer.feed_forward);
    for (const Projection& projection : layer.projections) list(projection);
    return std::move(list.matrices);
}

}  // namespace roofline
