// What was asked, as an answer repeats it.
#pragma once

#include "roofline/workload/deployment.hpp"

#include "report/value.hpp"

namespace roofline {

/// Every field that is set, under its name, and the count of GPUs; of a served deployment without
/// the batch and context of a step.
Record inputs_of(const Deployment& deployment);

}  // namespace roofline
