// A command on as many lines as a page needs, to be pasted as it stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// Lines of at most `width` characters that a shell reads as `command`: broken between words
/// outside of quotes, at flags first, and continued with a backslash. All of them begin with
/// `indent` spaces, those after the first with two more. A quoted word that is longer is written in
/// parts that a shell joins; others stay whole.
std::vector<std::string> command_lines(std::string_view command, int width, std::size_t indent);

}  // namespace roofline
