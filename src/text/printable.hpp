// Names come from files and command lines: what of them a page may show.
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// `text` on one line of valid UTF-8. Spaces stand for line breaks and tabs, and escapes such as
/// \x1b for bytes that a terminal would obey, that reorder a line, or that are no character.
std::string printable(std::string_view text);

}  // namespace roofline
