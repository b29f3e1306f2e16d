// What a plan says: the best deployment, others after it, and why the rest is none.
#pragma once

#include "roofline/units/date.hpp"

#include "report/report.hpp"
#include "search/plan_devices.hpp"

#include <string_view>
#include <vector>

namespace roofline {

/// A plan, and how much of it is shown.
struct PlanShown {
    const AskedPlan& asked;
    const Plan& plan;
    std::vector<PlanCandidate> best;  ///< the first of its ranking; empty where nothing holds
    std::string_view other_flags;     ///< of the command line, that figures rest on
    Day today;
};

Report plan_report(const PlanShown& shown);

}  // namespace roofline
