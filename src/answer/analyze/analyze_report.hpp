// Where a step's time goes: its phases, its operators, and what would shorten it most.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// Of a step that stands; `parts` are what its decode step is expected to take.
Report analyze_report(const Prepared& prepared, const Evaluation& evaluation,
                      const std::vector<StepPart>& parts, const std::vector<HelpfulLever>& levers);

}  // namespace roofline
