// Fields with several values into a space of points.
#pragma once

#include "roofline/error/user_error.hpp"
#include "roofline/search/space.hpp"

#include "field.hpp"

#include <string_view>
#include <vector>

namespace roofline {

/// Fields with one value are what all points have in common, the others are axes, in their order.
/// Throws UserError: E105 for a step and a served deployment at once, and what parsing throws.
Space space_of(const std::vector<FieldText>& fields, const Asking& asking);

/// The same with how a range is written, where nothing else is hinted at and a value of `text`,
/// words of name=value or one value, looks like one: "1-256".
UserError hinting_at_ranges(Fault fault, std::string_view text);

/// What the lines of `file` leave out, the model apart. Throws E105 for a field with several
/// values: every line is one point.
Deployment base_of_lines(const std::vector<FieldText>& fields, const std::string& file,
                         const Asking& asking);
}  // namespace roofline
