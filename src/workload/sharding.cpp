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

// What of a sequence stays in the cache: sparse attention may yet pick any of it.
struct KeptWindow {
    Window operator()(std::monostate) const { return {}; }
    Window operator()(const GroupedQuery& a) const { return a.window; }
    Window operator()(const LatentAttention&) const { return {}; }
    Window operator()(const LinearAttention&) const { return {}; }
    Window operator()(const StateSpace&) const { return {}; }
};

}  // namespace

double share_on_one_gpu(const Matrix& matrix, const Mixer& mixer, const Layout& layout) {
    switch (matrix.division) {
        case Division::heads:
            return 1 / layout.tensor;
        case Division::kv_heads:
            return 1 / std::min(kv_heads(mixer), layout.tensor);  // beyond the heads are copies
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
        shape.state += layers * state_bytes(layer.mixer, layout.tensor);
        const Bytes per_token = cache_bytes(layer.mixer, cache, layout.tensor);
        if (per_token == Bytes()) continue;
        shape.layers.push_back({.layers = layers,
                                .per_token = per_token,
                                .window = std::visit(KeptWindow{}, layer.mixer)});
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
            sum += layer.count * stage * matrix.parameters() *
                   share_on_one_gpu(matrix, layer.mixer, layout) *
                   plan.of(matrix.component).per_weight();
    return sum;
}

Bytes experts_on_one_gpu(const Deployment& deployment, const Layer& layer, const Layout& layout) {
    const Model& model = *deployment.model;
    const Bytes one = weight_plan_of(deployment).of(Component::experts).per_weight();
    const double layers = layer.count * largest_stage(model, layout);
    Bytes sum;
    for (const Matrix& matrix : matrices_of(layer, model.hidden))
        if (matrix.division == Division::experts)
            sum +=
                layers * matrix.parameters() * share_on_one_gpu(matrix, layer.mixer, layout) * one;
    return sum;
}

Bytes CacheShape::held(double tokens) const {
    Bytes sum = state;
    for (const CacheLayer& layer : layers)
        sum += layer.layers * tokens_kept(layer.window, tokens) * layer.per_token;
    return sum;
}

}  // namespace roofline
