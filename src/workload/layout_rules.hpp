// How many GPUs share the work of a deployment, and whether its model and device allow it.
#pragma once

#include "roofline/workload/deployment.hpp"

namespace roofline {

/// Fills the parallel degrees, replicas and GPUs that are unset. Throws UserError: E102 and E111
/// counts, E110 what does not divide, E112 switch domain.
void complete_layout(Deployment& deployment);

}  // namespace roofline
