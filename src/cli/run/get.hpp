// --get: one value of the JSON answer.
#pragma once

#include "answer.hpp"

#include <string>

namespace roofline::cli {

/// The text of the value at `path`, with a line's end. Throws E231 with the nearest paths where
/// there is none, and where it is null.
std::string value_text(const Answer& answer, const std::string& path);

}  // namespace roofline::cli
