#include "estimate_assumptions.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/memory/memory_assumptions.hpp"
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

// Of mixtures of experts on devices with FP4 units, whose engines got faster by the month.
void add_release(const Deployment& d, std::vector<AssumptionNote>& notes) {
    if (!d.model->has_experts() || d.device->peak(Precision::fp4) == nullptr) return;
    const EngineChoice& engine = *d.engine;
    const bool named = !engine.released.empty();
    notes.push_back(
        {.id = "release_month",
         .text = formatted("month of {}'s release, by which its fixed times get shorter",
                           name_of(engine.program)),
         .value = named ? engine.released : std::string(newest_measured_release),
         .source = named ? std::string("--engine; measured from 2025-10 to 2026-04")
                         : formatted("the newest measured; --engine {}@VERSION names another",
                                     name_of(engine.program))});
}

}  // namespace

std::vector<AssumptionNote> service_assumptions(const PreparedService& service) {
    const Prepared& prepared = service.prepared;
    std::vector<AssumptionNote> notes = capacity_assumptions(*prepared.deployment.device);
    append(work_assumptions(prepared), notes);
    append(memory_assumptions(prepared), notes);
    add_habits(service.load, notes);
    append(routing_assumptions(*prepared.deployment.model), notes);
    add_release(prepared.deployment, notes);
    notes.push_back(
        {.id = "efficiency",
         .text = "shares of rates and fixed times",
         .value = formatted("{} named numbers", efficiency_rows().size()),
         .source = "fitted, data/efficiency/serving.json; --explain and --json list them"});
    return notes;
}

}  // namespace roofline
