// What the time of one output token of a steady state goes to, and the least that it could be.
#pragma once

#include "roofline/serving/closed_loop.hpp"

namespace roofline {

/// What one output token takes of a term: its decode step, and its part of the prompts that
/// interrupt it, in which the sequence that sends one does not decode.
struct TokenTerm {
    Seconds step;
    Seconds prompts;

    Seconds total() const { return step + prompts; }
};
TokenTerm token_term(const SteadyState& state, StepTerm term);

/// What an output token takes of each term at best: the steps of `state`, by a model at full rates
/// and without fixed times.
StepTime token_at_best(const SteadyState& state, const ServedModel& perfect);

}  // namespace roofline
