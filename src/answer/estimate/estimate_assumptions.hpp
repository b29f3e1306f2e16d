// What an expected figure of a served deployment assumes, and what its reader should be warned of.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

std::vector<AssumptionNote> service_assumptions(const PreparedService& service);

}  // namespace roofline
