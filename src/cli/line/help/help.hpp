// Help pages.
#pragma once

#include "cli/line/command_line.hpp"
#include "report/format.hpp"

#include <string>

namespace roofline::cli {

/// Lines that a brief page has at most.
inline constexpr std::size_t brief_lines = 24;

/// Help for one command, a group of them, a topic or all; brief where only -h asks for it. No line
/// is longer than the page, from 60 columns up.
std::string help_text(const Invocation& invocation, const Page& page);

}  // namespace roofline::cli
