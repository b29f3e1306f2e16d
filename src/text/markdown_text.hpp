// Text inside Markdown, whoever wrote it.
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// Printable text of a paragraph or a table: no markup, no HTML, and nobody who is mentioned.
std::string markdown(std::string_view text);

/// The same where a line begins: no heading, list or fence either.
std::string markdown_line(std::string_view text);

/// Backquotes that no line of `drawing` closes.
std::string fence_around(std::string_view drawing);

/// Printable text in backquotes.
std::string markdown_code(std::string_view text);

}  // namespace roofline
