// Budgets that were judged: who passed, on what evidence, and what would mend the rest.
#pragma once

#include "roofline/measure/calibrate.hpp"

#include "gate/judge_budgets.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline {

/// A target that was judged, and what its figures rest on.
struct EvidencedTarget {
    JudgedTarget judged;
    Calibration calibration;
};

/// Every check of every target, in their order.
std::vector<Check> checks_of(const std::vector<EvidencedTarget>& targets);

/// `budgets` are the files in the order they were read; `remedies` are sentences.
Report judged_report(const std::vector<std::string>& budgets,
                     const std::vector<EvidencedTarget>& targets, std::vector<std::string> remedies,
                     Day today);

}  // namespace roofline
