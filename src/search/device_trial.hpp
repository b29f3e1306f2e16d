// One device of a plan: every candidate on it, and what became of them.
#pragma once

#include "roofline/search/plan.hpp"

namespace roofline {

/// Tries every layout, count and format on device `at` of the question.
DeviceTrial try_device(const PlanQuestion& question, std::size_t at);

/// For each level the candidate that breaks it alone, and by the least; the least of all first.
std::vector<Relaxation> relaxations_of(const std::vector<DeviceTrial>& trials, std::size_t levels);

}  // namespace roofline
