#include "sharding.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

// The share of the layers in the largest of the pipeline's stages.
double largest_stage(const Model& model, const Layout& layout) {
    const double layers = model.layer_count();
    return std::ceil(layers / layout.pipeline) / layers;
}

// What of a sequence one layer keeps, and for how long: sparse attention may yet pick any of it.
struct KeptParts {
    Precision cache;
    double tensor;

    using Parts = std::vector<CacheLayer>;

    Parts operator()(const GroupedQuery& a) const {
        return {{1, cache_bytes(a, cache, tensor), a.window}};
    }
    Parts operator()(const LatentAttention& a) const {
        return {{1, cache_bytes(a, cache, tensor), {}}};
    }
    Parts operator()(const CompressedAttention& a) const {
        CompressedAttention window_alone = a;
        window_alone.ratio = 0;
        window_alone.indexer.reset();
        const Bytes last = cache_bytes(window_alone, cache, tensor);
        return {{1, last, {.reach = Reach::sliding, .tokens = a.window}},
                {1, cache_bytes(a, cache, tensor) - last, {}}};
    }
    Parts operator()(const Recurrent auto&) const { return {}; }
};

}  // namespace

double share_on_one_gpu(const Matrix& matrix, const Layout& layout) {
    switch (matrix.division) {
        case Division::heads:
            return 1 / layout.tensor;
        case Division::kv_heads:
            return 1 / std::min(matrix.heads, layout.tensor);  // beyond the heads are copies
        case Division::copied:
            return 1;
        case Division::instance:
        case Division::experts:
            break;
    }
    return 1 / layout.stage();
}

CacheShape cache_on_one_gpu(const Model& model, Precision cache, const Layout& layout) {
    CacheShape shape;
    if (!model.causal) return shape;
    const double stage = largest_stage(model, layout);
    for (const Layer& layer : model.layers) {
        const double layers = layer.count * stage;
        for (const Mixer& mixer : layer.mixers) {
            shape.state += layers * state_bytes(mixer, model.hidden, layout.tensor);
            for (const CacheLayer& part : std::visit(KeptParts{cache, layout.tensor}, mixer))
                if (part.per_token > Bytes())
                    shape.layers.push_back({layers, part.per_token, part.window});
        }
    }
    return shape;
}

Bytes weights_on_one_gpu(const Deployment& deployment, const Layout& layout, Embedding embedding) {
    const Model& model = *deployment.model;
    const WeightPlan plan = weight_plan_of(deployment);
    const ParameterCount count = parameters(model);
    const double stage = largest_stage(model, layout);
    const auto end = [&](Component component) {
        return count.of(component) / layout.stage() * plan.of(component).per_weight();
    };
    const Bytes table = end(Component::embedding);
    const Bytes last = model.tied_embeddings ? table : end(Component::lm_head);
    const bool looked_up = embedding == Embedding::on_host && !model.tied_embeddings;
    const Bytes first = looked_up ? Bytes() : table;
    const bool one_stage = layout.pipeline == 1;
    Bytes sum = one_stage ? first + end(Component::lm_head) : std::max(first, last);
    sum += count.of(Component::norms) * stage * plan.of(Component::norms).per_weight();
    for (const Layer& layer : model.layers)
        for (const Matrix& matrix : matrices_of(layer, model.hidden))
            sum += layer.copies() * stage * matrix.parameters() * share_on_one_gpu(matrix, layout) *
                   plan.of(matrix.component).per_weight();
    for (const Projection& p : model.projections)
        sum += p.inputs * p.outputs * plan.of(Component::dense).per_weight();
    return sum;
}

Bytes experts_on_one_gpu(const Deployment& deployment, const Layer& layer, const Layout& layout) {
    const Model& model = *deployment.model;
    const Bytes one = weight_plan_of(deployment).of(Component::experts).per_weight();
    const double layers = layer.copies() * largest_stage(model, layout);
    Bytes sum;
    for (const Matrix& matrix : matrices_of(layer, model.hidden))
        if (matrix.division == Division::experts)
            sum += layers * matrix.parameters() * share_on_one_gpu(matrix, layout) * one;
    return sum;
}

Bytes CacheShape::held(double tokens) const {
    Bytes sum = state;
    for (const CacheLayer& layer : layers)
        sum += layer.layers * tokens_kept(layer.window, tokens) * layer.per_token;
    return sum;
}

}  // namespace roofline
