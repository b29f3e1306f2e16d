// What would mend a broken target.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include "gate/judge_budgets.hpp"

#include <optional>
#include <string>

namespace roofline {

/// What would make a deployment fit, or a step that is too slow or too dear faster, as a sentence;
/// nothing where the checks of the target ask for neither.
std::optional<std::string> remedy_of(const JudgedTarget& judged, Catalog& catalog);

}  // namespace roofline
