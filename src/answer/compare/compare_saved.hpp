// Whether a saved answer is still what this version answers.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "ask/scenario.hpp"
#include "report/report.hpp"

namespace roofline {

/// W141 for every figure of the saved answer that is answered differently now.
std::vector<WarningNote> outdated_figures(const Scenario& scenario, const Evaluation& evaluation);

}  // namespace roofline
