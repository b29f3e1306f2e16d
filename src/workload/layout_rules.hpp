// How many GPUs share the work of a deployment, and whether its model and device allow it.
#pragma once

#include "roofline/workload/deployment.hpp"

namespace roofline {

/// The device as it is wired here: `node` of them share its fast link, and `network` is between.
/// Throws E105 for more than the link joins.
void join_nodes(Deployment& deployment);

/// Fills the parallel degrees, replicas and GPUs that are unset. Throws UserError: E102 and E111
/// counts, E110 what does not divide, E112 switch domain.
void complete_layout(Deployment& deployment);

}  // namespace roofline
