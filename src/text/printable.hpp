// Names come from files and command lines: what of them a page may show. Everything that is written
// passes here, in the form that its target needs: this for terminals, CSV and CI lines, and built
// upon it `xml()`, `markdown()` and `escaped_json()`.
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// `text` on one line of valid UTF-8. Spaces stand for line breaks and tabs, and escapes such as
/// \x1b for what a terminal would obey, what reorders a line, what has no width, and what is no
/// character.
std::string printable(std::string_view text);

/// The same on as many lines as it has.
std::string printable_lines(std::string_view text);

/// JSON in which every character that printable() would not show is spelt \u009b: nothing is lost.
std::string escaped_json(std::string json);

}  // namespace roofline
