// A command line in the words of other tools, in ours.
#pragma once

#include "command.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

struct Translation {
    std::vector<std::string> words;  ///< ours, in the order they came
    std::vector<std::string> said;   ///< "--gpu h100 is --hw h100 here"
    /// The first flag of ours that `command` does not take; empty where it takes all.
    std::string untaken;
};

/// Whether another tool has such a flag. `flag` has its dashes, and may have a value attached.
bool is_foreign(std::string_view flag);

Translation translated(const std::vector<std::string>& words, const std::vector<Flag>& flags);

/// Fields that `words` give as flags as the scenarios of a command that takes those: "compare
/// 'm@a batch=4' 'm@b batch=4'". Empty where they are none.
std::string as_scenarios(const Command& command, const std::vector<std::string>& words);

/// As a shell takes it: "'$2/h'".
std::string shell_word(const std::string& word);

}  // namespace roofline::cli
