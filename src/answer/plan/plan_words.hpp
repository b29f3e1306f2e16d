// Plans in words: what was found, what was promised, what is in the way.
#pragma once

#include "report/value.hpp"
#include "search/plan_devices.hpp"

namespace roofline::cli {

/// "4 x b200-sxm".
std::string hardware_of(const PlanCandidate& candidate);

/// Degrees above one, as flags name them: "tp 2, replicas 4".
std::string layout_words(const Layout& layout);

Measure measure_of(const Metric& metric, double figure);

/// "tpot ≤ 25.0 ms".
std::string level_words(const ServiceLevel& level);

/// Every promised figure, and its limit.
std::string promise_words(const PlanCandidate& candidate, const PlanQuestion& question);

std::string best_words(const PlanCandidate& best, const PlanQuestion& question);
std::string relaxation_words(const Relaxation& relaxation, const PlanQuestion& question);

/// How many were tried and what became of them.
std::string counts_words(const AskedPlan& asked, const Plan& plan);
std::string unpriced_words(std::vector<std::string> ids);

/// The command that gives a plan's expected figures, and more of them.
std::string command_of(const PlanCandidate& candidate, const AskedPlan& asked);

}  // namespace roofline::cli
