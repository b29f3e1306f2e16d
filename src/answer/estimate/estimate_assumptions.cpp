#include "estimate_assumptions.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/memory_assumptions.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "serving/habits.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

void add_habits(const Load& load, std::vector<AssumptionNote>& notes) {
    if (load.cached > 0)
        notes.push_back({.id = "prefix_cache",
                         .text = "prompt tokens found in the prefix cache",
                         .value = formatted("{} of {}", humanize_number(load.prompt - load.fresh()),
                                            humanize_number(load.prompt)),
                         .source = "--prefix-hit; every sequence still holds its whole cache"});
    if (load.chunk > 0)
        notes.push_back({.id = "prefill_chunk",
                         .text = "steps that work on a prompt",
                         .value = load.prompt_steps(),
                         .source = "--prefill-chunk"});
    if (load.drafts > 0)
        notes.push_back(
            {.id = "speculation",
             .text = "tokens from a step",
             .value = formatted("{} of at most {}", humanize_number(load.tokens_per_step()),
                                load.drafts + 1),
             .source = "--acceptance, each guess by itself (Leviathan et al. 2023); guessed by a "
                       "module of one layer like the model's own, whose weights are not counted"});
}

// What of a deployment no measured row has.
std::string unmeasured_words(const Deployment& d) {
    const Load load = load_of(d);
    std::vector<std::string> unmeasured;
    if (d.rate) unmeasured.emplace_back("arrivals at a rate");
    if (layout_of(d).tensor_far() > 1) unmeasured.emplace_back("layers split across nodes");
    for (const Habit& habit : habits())
        if (habit.in_use != nullptr && habit.in_use(load))
            unmeasured.emplace_back(habit.unmeasured);
    if (unmeasured.empty()) return formatted("{} on {} was", name_of(*d.engine), d.device->id);
    const bool one = unmeasured.size() == 1 && !d.rate && layout_of(d).tensor_far() == 1;
    return formatted("{} {}", join_words(unmeasured, "and"), one ? "was" : "were");
}

}  // namespace

std::vector<AssumptionNote> service_assumptions(const PreparedService& service) {
    const Prepared& prepared = service.prepared;
    std::vector<AssumptionNote> notes = capacity_assumptions(*prepared.deployment.device);
    append(work_assumptions(prepared), notes);
    append(memory_assumptions(prepared), notes);
    add_habits(service.load, notes);
    if (prepared.deployment.model->has_experts())
        notes.push_back({.id = "expert_spread",
                         .text = "share of the experts that routing uses",
                         .value = service.efficiency.expert_spread,
                         .source = "fitted, data/efficiency/serving.json"});
    notes.push_back(
        {.id = "efficiency",
         .text = "shares of rates and fixed times",
         .value = formatted("{} named numbers", efficiency_rows().size()),
         .source = "fitted, data/efficiency/serving.json; --explain and --json list them"});
    return notes;
}

WarningNote unmeasured_warning(const Deployment& d) {
    return {"W302",
            formatted("{} not measured: the band is the widest there is", unmeasured_words(d))};
}

std::vector<WarningNote> service_warnings(const Prepared& prepared, const Evaluation& evaluation) {
    std::vector<WarningNote> warnings;
    const Deployment& d = evaluation.deployment;
    const SteadyState& state = evaluation.service().state;
    if (evaluation.memory.starts() == Starts::marginal)
        warnings.push_back(doubt_warning(prepared, evaluation.memory));
    append(node_warnings(prepared), warnings);
    if (!state.converged)
        warnings.push_back(
            {"W301", "the steady state did not settle; figures are of its last round"});
    if (state.requests > state.admitted)
        warnings.push_back({"W307", formatted("{} of {} requests wait for a place in the cache",
                                              humanize_number(state.requests - state.admitted),
                                              humanize_number(state.requests))});
    if (!evaluation.measured) warnings.push_back(unmeasured_warning(d));
    return warnings;
}

}  // namespace roofline
