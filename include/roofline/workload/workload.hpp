// A deployment as phases of operators: prefill and decode of a language model.
#pragma once

#include "roofline/workload/deployment.hpp"
#include "roofline/workload/operator.hpp"

#include <string_view>
#include <vector>

namespace roofline {

enum class PhaseKind { prefill, decode };
std::string_view name_of(PhaseKind kind);

/// A list of operators that runs as a whole, `repeat` times for one answer.
struct Phase {
    PhaseKind kind;
    double repeat = 1;
    std::vector<Operator> operators;
};

/// What a sequence keeps on one GPU.
struct CacheLayer {
    double layers = 0;
    Bytes per_token;
    Window window;
};

struct CacheShape {
    std::vector<CacheLayer> layers;
    Bytes state;  ///< of recurrent layers, whatever the length

    /// Bytes of one sequence with `tokens` in its cache.
    Bytes held(double tokens) const;
};

/// What one GPU of this layout keeps of the model's sequences; nothing for an encoder.
CacheShape cache_on_one_gpu(const Model& model, Precision cache, const Layout& layout);

struct Workload {
    Layout layout;
    std::vector<Phase> phases;
    CacheShape cache;
    Bytes weights;  ///< on one GPU, the fullest of its pipeline

    const Phase* phase(PhaseKind kind) const;
};

/// `deployment` must be complete (see complete()). Pure arithmetic; allocates, does not fail.
Workload lower(const Deployment& deployment);

}  // namespace roofline
