// Why a figure is not what the baseline has, as `compare` works it out.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include "gate/judge_budgets.hpp"

#include <optional>
#include <string>

namespace roofline {

/// "`concurrency 32 → 48` alone adds 9.1 ms to time per token (feed-forward +2.3 ms, …)", of the
/// worst broken figure, else of the one that turned worst. nullopt without a baseline, and where
/// nothing changed. Speaks of the target without its name.
std::optional<std::string> cause_words(const JudgedTarget& judged, const Knowledge& knowledge,
                                       Catalog& catalog);

}  // namespace roofline
