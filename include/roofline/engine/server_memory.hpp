// What a server keeps of a GPU's memory whatever its load: an engine's release, resolved for one
// device, layout, model and its settings.
#pragma once

#include "roofline/catalog/engine_era.hpp"
#include "roofline/workload/workload.hpp"

#include <optional>

namespace roofline {

/// What is so whatever the load: of a device, a layout, a model and an engine with its settings.
struct ServerMemory {
    MemoryRule rule = MemoryRule::profiled;
    double share = 1;
    Bytes reported;
    Bytes kept;     ///< of that, by a system that shares the memory
    Bytes base;     ///< gone before a share is taken
    Bytes weights;  ///< as loaded
    Bytes other;
    std::optional<double> sequences;  ///< at once, of a rank; unset: no limit
    bool sequences_given = false;
    double step_tokens = 0;
    double whole_prompts_up_to = 0;  ///< a step holds the longest request, up to so many tokens
    Bytes per_sampled;               ///< of a sequence in the sampler
    Bytes per_held;                  ///< of a token, while the sampler runs
    Bytes per_token;                 ///< of a token in the forward pass
    Bytes per_context_token;         ///< the same for every token of the longest request, beyond
    double context_beyond = 0;
    Bytes working;  ///< where it is one figure
    Bytes graphs_least;
    Bytes graphs_most;  ///< more, at graphs_full_at sequences
    double graphs_full_at = 1;
    Bytes spread;
    double spread_share = 0;  ///< of working memory
};

/// `deployment` must be complete, `workload` its own.
ServerMemory server_memory(const Deployment& deployment, const Workload& workload);

}  // namespace roofline
