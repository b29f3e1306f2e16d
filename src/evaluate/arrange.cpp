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

bool surely_holds(const MemoryLedger& memory) {
    return memory.fits() && memory.starts() == Starts::yes;
}

}  // namespace

bool names_no_layout(const Deployment& d) {
    return d.gpus.value_or(1) > 1 && !d.tensor_parallel && !d.pipeline_parallel &&
           !d.data_parallel && !d.expert_parallel;
}

Deployment arranged(const Deployment& asked) {
    if (!names_no_layout(asked)) return asked;
    const Prepared usual = prepare(asked);
    const MemoryLedger memory = memory_of(usual);
    if (surely_holds(memory)) return asked;
    const Layout layout = usual.workload.layout;
    std::optional<Deployment> doubtful;
    if (memory.fits()) doubtful = asked;
    for (int stages = 2; stages <= layout.replicas; ++stages) {
        if (std::fmod(layout.replicas, stages) != 0) continue;
        Deployment tried = asked;
        tried.tensor_parallel = layout.tensor;
        tried.pipeline_parallel = stages;
        const auto staged = memory_with(tried);
        if (staged && surely_holds(*staged)) return tried;
        if (staged && staged->fits() && !doubtful) doubtful = tried;
    }
    return doubtful.value_or(asked);
}

bool keeps_layout(const Prepared& lowered, const Deployment& asked) {
    if (!names_no_layout(asked)) return true;
    if (*lowered.deployment.pipeline_parallel == 1 && surely_holds(memory_of(lowered))) return true;
    const Layout chosen = layout_of(complete(arranged(asked)));
    const Layout& now = lowered.workload.layout;
    return chosen.tensor == now.tensor && chosen.pipeline == now.pipeline;
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
