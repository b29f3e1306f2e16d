#include "arrange.hpp"

#include "roofline/error/user_error.hpp"

#include <cmath>

namespace roofline {
namespace {

// nullopt where these stages are no layout of the model.
std::optional<MemoryLedger> memory_with(Deployment& tried) {
    try {
        return memory_of(prepare(tried));
    } catch (const UserError&) {
        return std::nullopt;
    }
}

}  // namespace

bool names_no_layout(const Deployment& d) {
    return d.gpus.value_or(1) > 1 && !d.tensor_parallel && !d.pipeline_parallel &&
           !d.data_parallel && !d.expert_parallel;
}

Deployment arranged(const Deployment& asked) {
    if (!names_no_layout(asked)) return asked;
    const Prepared usual = prepare(asked);
    if (memory_of(usual).fits()) return asked;
    const Layout layout = usual.workload.layout;
    std::optional<Deployment> doubtful;
    for (double stages = 2; stages <= layout.replicas; ++stages) {
        if (std::fmod(layout.replicas, stages) != 0) continue;
        Deployment tried = asked;
        tried.tensor_parallel = layout.tensor;
        tried.pipeline_parallel = stages;
        const auto memory = memory_with(tried);
        if (!memory || !memory->fits()) continue;
        if (memory->starts() == Starts::yes) return tried;
        if (!doubtful) doubtful = tried;
    }
    return doubtful.value_or(asked);
}

Deployment laid_out_like(const Deployment& complete, Deployment asked) {
    if (!names_no_layout(asked)) return asked;
    asked.tensor_parallel = complete.tensor_parallel;
    asked.pipeline_parallel = complete.pipeline_parallel;
    asked.data_parallel = complete.data_parallel;
    asked.expert_parallel = complete.expert_parallel;
    return asked;
}

}  // namespace roofline
