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

/// What the target names; none of an empty path. Throws as read_calibration() does.
Calibration calibration_of(const Target& target);

/// Every target of a budget, judged. Throws what reading its baseline throws.
std::vector<EvidencedTarget> evidenced_targets(const Budget& budget, const Judging& judging);

/// Every check of every target, in their order.
std::vector<Check> checks_of(const std::vector<EvidencedTarget>& targets);

/// `budgets` are the files in the order they were read; `remedies` are sentences.
Report judged_report(const std::vector<std::string>& budgets,
                     const std::vector<EvidencedTarget>& targets, std::vector<std::string> remedies,
                     Day today);

}  // namespace roofline
