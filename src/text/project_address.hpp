// Where the project lives, for reports and schemas that must name a place.
#pragma once

#include <string_view>

namespace roofline {

/// No public place is known yet: this stands for it, and is the one line to change.
inline constexpr std::string_view project_address = "https://example.com/roofline";

}  // namespace roofline
