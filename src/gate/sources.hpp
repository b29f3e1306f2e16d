// Budgets and baselines from text that is there already.
#pragma once

#include "roofline/gate/baseline.hpp"
#include "roofline/gate/budget.hpp"

#include "input/source.hpp"

namespace roofline {

/// read_budget() of a file that was read. Paths in it are relative to the folder of its name.
Budget read_budget(Source source, Catalog& catalog);

/// read_baseline() of a file that was read.
Baseline read_baseline(Source source);

}  // namespace roofline
