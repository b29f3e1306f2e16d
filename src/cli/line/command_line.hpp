// The command line as words: which command, which flags, which positionals.
#pragma once

#include "command.hpp"

#include <string>
#include <vector>

namespace roofline::cli {

struct HelpTopic;

struct Invocation {
    const Command* command = nullptr;  ///< nullptr: only help or version was asked for
    std::string group;                 ///< "hw" when a group was named without its command
    const HelpTopic* topic = nullptr;  ///< of `help TOPIC`
    bool brief = false;                ///< help that -h asks for, or nothing at all
    Arguments arguments;
};

/// Throws UserError: E100 unknown command, E101 unknown flag, E103 and E104 wrong number of words,
/// E105 a flag given twice.
Invocation read_command_line(const std::vector<std::string>& words);

}  // namespace roofline::cli
