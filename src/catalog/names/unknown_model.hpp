// What to type instead of a model that the catalog does not have.
#pragma once

#include "error/suggest.hpp"

#include <span>
#include <string_view>

namespace roofline {

/// E211 for none of `names`, which are all that can be typed.
[[noreturn]] void refuse_model(std::string_view name, std::span<const Candidate> names);

}  // namespace roofline
