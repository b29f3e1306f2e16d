// What an expected figure of a served deployment assumes, and what its reader should be warned of.
#pragma once

#include "roofline/evaluate/served.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline::cli {

std::vector<AssumptionNote> service_assumptions(const PreparedService& service);

/// W301 when the steady state did not settle, W302 when nothing like it was measured.
void add_warnings(const Deployment& deployment, const ServedOutcome& outcome, Report& report);

/// What of a served deployment no row of the fit has, as the subject of a sentence.
std::string unmeasured_words(const Deployment& deployment);

}  // namespace roofline::cli
