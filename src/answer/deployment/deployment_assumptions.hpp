// What an answer about a deployment rests on, and what it warns of.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline::cli {

/// Numbers and conventions that the answer rests on.
std::vector<AssumptionNote> deployment_assumptions(const Prepared& prepared,
                                                   const Assumptions& assumptions);

/// Whose efficiencies expected figures are of.
AssumptionNote expected_note(const Deployment& deployment);

/// W201: fits now, but not at the end of the answers. W202: data-parallel ranks without experts.
std::vector<WarningNote> deployment_warnings(const Prepared& prepared,
                                             const Assumptions& assumptions);

}  // namespace roofline::cli
