// What a target was when its baseline was written: the other side of a comparison.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/comparison.hpp"

#include "gate/judge_budgets.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// The deployment that a baseline keeps, as it was asked for. nullopt where it keeps none, or names
/// what is not known any more; a model of a file is known where today's target has it.
std::optional<Deployment> earlier_deployment(const BaselineTarget& before, const Target& target,
                                             Catalog& catalog);

/// Every figure of the baseline and of today; empty without a baseline.
std::vector<Delta> changes_of(const JudgedTarget& judged);

/// "concurrency 32 then, 48 now": of the load alone; empty for the same, and without a baseline.
std::string load_changes_of(const JudgedTarget& judged);

/// Whether all that was judged is as the baseline has it, but for rounding, and nothing is broken.
bool is_as_before(const JudgedTarget& judged);

/// The same of all targets of a run, none of the baseline's being left out.
bool all_as_before(const std::vector<const JudgedTarget*>& targets);

}  // namespace roofline
