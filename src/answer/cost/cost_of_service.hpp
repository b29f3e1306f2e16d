// The cost of tokens with requests in flight or arriving: the bill over what a server is expected
// to deliver.
#pragma once

#include "priced_deployment.hpp"
#include "report/report.hpp"

namespace roofline {

/// Of a served deployment.
Report cost_of_service(const PricedDeployment& priced);

}  // namespace roofline
