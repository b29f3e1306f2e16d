// Plans in words: what was found, what was promised, what is in the way.
#pragma once

#include "roofline/units/measure.hpp"

#include "search/plan_devices.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// "4 x b200-sxm".
std::string hardware_of(const PlanCandidate& candidate);

Measure measure_of(const Metric& metric, double figure);

/// "tpot ≤ 25.0 ms".
std::string level_words(const ServiceLevel& level);

/// Every promised figure, and its limit.
std::string promise_words(const PlanCandidate& candidate, const PlanQuestion& question);

/// Whether a plan stores weights in fewer bits than they were published in.
bool any_narrowed(const std::vector<PlanCandidate>& shown);

std::string best_words(const PlanCandidate& best, const PlanQuestion& question);
/// Of one whose start is in doubt: "2 x h100-sxm may not start with vllm: …".
std::string doubt_of(const PlanCandidate& candidate);
std::string relaxation_words(const Relaxation& relaxation, const PlanQuestion& question);

/// How many were tried and what became of them.
std::string counts_words(const AskedPlan& asked, const Plan& plan);
std::string unpriced_words(std::vector<std::string> ids);

/// The command that gives a plan's expected figures, and more of them. `other_flags` are those of
/// the command line that figures rest on.
std::string command_of(const PlanCandidate& candidate, std::string_view other_flags);

}  // namespace roofline
