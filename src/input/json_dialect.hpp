// Turns a dialect into strict JSON of the same length, so that offsets keep their meaning.
#pragma once

#include "json.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// Comments and trailing commas replaced by blanks; lenient: bare NaN and Infinity by a number of
/// the same length. For every dialect but strict.
std::string to_strict_json(std::string_view text, JsonDialect dialect);

}  // namespace roofline
