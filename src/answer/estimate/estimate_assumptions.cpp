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

}  // namespace roofline
