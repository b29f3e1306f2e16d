// Checks as a report: who passed, who did not and where it is written.
#pragma once

#include "roofline/gate/checks.hpp"

#include "report/report.hpp"

namespace roofline {

/// `budgets` are the files in the order they were read.
Report check_report(const std::vector<std::string>& budgets, std::span<const Check> checks);

}  // namespace roofline
