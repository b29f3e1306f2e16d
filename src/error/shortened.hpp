// Messages quote what they are about, but not all of it.
#pragma once

#include <string>

namespace roofline {

/// What stands between single quotes ends in "…" after 200 characters, and the whole is cut in its
/// middle to at most 4000 bytes.
std::string shortened(std::string text);

}  // namespace roofline
