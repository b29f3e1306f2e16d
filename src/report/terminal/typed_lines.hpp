// A shell command on lines of its own, so that it can be pasted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// `command`, a line quoted for sh, in lines of at most `width` characters: all but the last end in
/// " \", later ones are indented, and none breaks inside quotes. A quoted word that is longer than
/// a line is written in parts that sh joins.
std::vector<std::string> typed_lines(std::string_view command, int width);

}  // namespace roofline
