// What would help most: a table of changes, what each saves and what it takes.
#pragma once

#include "roofline/evaluate/levers.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

Table lever_table(const std::vector<HelpfulLever>& levers, const Evaluation& now);

/// For programs: the change, GPUs, the bound and what is expected of the figure asked about.
List lever_list(const std::vector<HelpfulLever>& levers, const Evaluation& now);

}  // namespace roofline
