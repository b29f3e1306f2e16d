// A layout for who names none.
#pragma once

#include "roofline/evaluate/outcome.hpp"

namespace roofline {

/// Whether a deployment of several GPUs says nothing of how they share its work.
bool names_no_layout(const Deployment& asked);

/// Where nothing is said of the layout and an instance as wide as the switch surely holds it not,
/// pipeline stages over the GPUs that are there, before replicas; else as it was. Throws as
/// complete() does.
Deployment arranged(const Deployment& asked);

/// Whether a load like `asked` is served in the layout of a lowered one, as arranged() would
/// choose.
bool keeps_layout(const Prepared& lowered, const Deployment& asked);

/// The degrees of `complete`, for a deployment of the same GPUs that names none.
Deployment laid_out_like(const Deployment& complete, Deployment asked);

}  // namespace roofline
