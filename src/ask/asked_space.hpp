// Fields with several values into a space of points.
#pragma once

#include "roofline/search/space.hpp"

#include "field.hpp"

#include <vector>

namespace roofline {

/// Fields with one value are what all points have in common, the others are axes, in their order.
/// Throws UserError: E105 for a step and a served deployment at once, and what parsing throws.
Space space_of(const std::vector<FieldText>& fields, const Asking& asking);

}  // namespace roofline
