// How many parameters a model has, and what it keeps of a sequence.
#pragma once

#include "roofline/catalog/model.hpp"
#include "roofline/workload/matrices.hpp"

#include <array>
#include <vector>

namespace roofline {

struct ParameterCount {
    std::array<double, component_count> by_component = {};

    double of(Component component) const {
        return by_component[static_cast<std::size_t>(component)];
    }
    double total() const;
};

/// All parameters; tied embeddings count once, as embedding. Biases are left out (below 0.1 %).
ParameterCount parameters(const Model& model);

/// What one token is multiplied with: the routed experts it uses and lm_head, not the embedding.
double active_parameters(const Model& model);

/// Bytes of all weights as `plan` stores them, on all GPUs of one unsharded copy.
Bytes stored_bytes(const Model& model, const WeightPlan& plan);

/// Cache bytes that one more token takes while no window is full yet: the exact sum, and what
/// servers reserve that give every caching layer the size of the widest.
struct CachePerToken {
    Bytes least;
    Bytes reserved;
    Bytes state;  ///< constant per sequence: linear attention and state-space layers
};
CachePerToken cache_per_token(const Model& model, Precision cache);

/// Cache bytes of one token in one layer with this mixer, on one of `tensor_parallel` GPUs.
Bytes cache_bytes(const Mixer& mixer, Precision cache, double tensor_parallel);

/// Of all its mixers, on one GPU.
Bytes cache_bytes(const Layer& layer, Precision cache);

/// Bytes of the state that a mixer keeps per sequence: recurrences in fp32, and in 16 bits the
/// tokens that a short convolution has yet to see.
Bytes state_bytes(const Mixer& mixer, double hidden, double tensor_parallel);

}  // namespace roofline
