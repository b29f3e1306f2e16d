// The words that a command takes.
#pragma once

#include "text/formatted.hpp"

#include <span>
#include <string>
#include <string_view>

namespace roofline::cli {

struct Flag {
    std::string_view name;   ///< without dashes
    std::string_view value;  ///< what help calls it; empty for a switch
    std::string_view help;   ///< "{}" stands for the choices
    char letter = '\0';
    bool repeats = false;
    std::span<const std::string_view> choices = {};  ///< empty: any text
    std::string_view noun = {};                      ///< "basis": "'x' is no basis"
};

/// How messages call a flag.
inline std::string label_of(const Flag& flag) { return formatted("--{}", flag.name); }

struct Positional {
    std::string_view name;
    std::string_view help;
    std::size_t least = 1;
    std::size_t most = 1;
};

}  // namespace roofline::cli
