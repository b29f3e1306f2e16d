// The cost of tokens without a load: the bill over what the data sheet allows.
#pragma once

#include "priced_deployment.hpp"
#include "report/report.hpp"

namespace roofline {

/// Of a step.
Report cost_of_requests(const PricedDeployment& priced);

}  // namespace roofline
