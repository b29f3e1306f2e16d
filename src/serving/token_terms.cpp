#include "roofline/serving/token_terms.hpp"

#include <algorithm>

namespace roofline {

TokenTerm token_term(const SteadyState& state, StepTerm term) {
    const Seconds displaced = state.prompts_per_token * state.displaced.of(term);
    const Seconds step = state.decode_step.of(term) - displaced;
    const Seconds prompts = state.prompts_per_token * state.prompt_step.of(term) + displaced;
    constexpr double rounding = 1e-12;  // of what cancels out
    return {.step = step, .prompts = prompts / step > rounding ? prompts : Seconds()};
}

StepTime token_at_best(const SteadyState& state, const ServedModel& perfect) {
    const StepTime step = perfect.time_of({.sequences = std::max(state.decoding, 1.0)});
    const StepTime with = perfect.time_of(state.with_prompt);
    const double prompts = state.prompts_per_token * state.steps_a_prompt;
    StepTime best;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        const Seconds added = with.of(term) - (state.prompts_alone ? Seconds() : step.of(term));
        best.by_term[i] =
            std::min(step.of(term) / state.tokens_per_step + prompts * std::max(added, Seconds()),
                     token_term(state, term).total());
    }
    return best;
}

}  // namespace roofline
