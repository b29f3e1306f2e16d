// Words of a command line that are flags.
#pragma once

#include "arguments.hpp"
#include "flag.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

/// "--batch" and "-o", but no negative number.
bool is_flag(const std::string& word);

/// The one of `flags` that `word` names, with or without "=value"; nullptr where none is.
const Flag* find_flag(const std::vector<Flag>& flags, std::string_view word);

/// Those of every command: flags may stand before the command whose they are.
std::vector<Flag> all_flags();

/// What can be read of a line that is wrong elsewhere: switches, and flags with known choices.
Arguments readable_globals(const std::vector<std::string>& words);

}  // namespace roofline::cli
