// What was taken of the formats of weights that nobody asked for, or that a file says otherwise.
#pragma once

#include "roofline/workload/deployment.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

void add_format_assumptions(const Deployment& deployment, std::vector<AssumptionNote>& notes);

}  // namespace roofline
