// Help pages.
#pragma once

#include "command_line.hpp"

#include <string>

namespace roofline::cli {

/// Help for one command, a group of them, or all.
std::string help_text(const Invocation& invocation);

}  // namespace roofline::cli
