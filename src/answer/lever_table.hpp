// What would help most: a table of changes, what each saves and what it takes.
#pragma once

#include "roofline/evaluate/levers.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

Table lever_table(const std::vector<HelpfulLever>& levers, const Evaluation& now);

/// For programs: the change, its GPUs, of a step its bound and how that changes, the figure asked
/// about and the share of it that is saved.
List lever_list(const std::vector<HelpfulLever>& levers, const Evaluation& now);

}  // namespace roofline
