// What to type instead of words that the command line does not know, or lacks.
#pragma once

#include "command.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

/// E100 for `word`, which is no command (of `group`, where there is one); `rest` stands behind it.
[[noreturn]] void refuse_command(const std::string& word, std::string_view group,
                                 const std::vector<std::string>& rest);

/// E100 for `help WORD`, which is neither a command nor a topic.
[[noreturn]] void refuse_topic(const std::string& word);

/// E103 for a command line without a command, or a group without one of its own.
[[noreturn]] void refuse_no_command(std::string_view group);

/// E101 for `word`, one of `words`: what it is called here where another tool calls it so, who
/// takes it, or what is near. `command` is nullptr before any is known.
[[noreturn]] void refuse_flag(const std::string& word, const std::vector<std::string>& words,
                              const std::vector<Flag>& flags, const Command* command);

/// E103: `command` lacks a positional; `words` are all that were given to it.
[[noreturn]] void refuse_too_few(const Command& command, const std::vector<std::string>& words);

/// E104 for `word`, which is one too many.
[[noreturn]] void refuse_too_many(const Command& command, const std::string& word);

}  // namespace roofline::cli
