// Long text on lines that a page has room for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// Breaks between words so that no line is longer than `width` characters; lines after the first
/// begin with `indent` spaces. A number and its unit stay together; a word longer than a line is
/// cut.
std::vector<std::string> wrapped_lines(std::string_view text, int width, std::size_t indent);

}  // namespace roofline
