// --basis: which of a deployment's figures are meant.
#pragma once

#include "roofline/evaluate/figures.hpp"

#include "command.hpp"

namespace roofline::cli {

/// Expected figures where it is not given. Throws E106.
Basis basis_from(const Arguments& arguments);

inline constexpr Flag basis_flag{"basis", "BASIS", "bound, expected or pessimistic [expected]"};

}  // namespace roofline::cli
