// Text from a pattern and values, below every layer. fmt is compiled once, in formatted.cpp: its
// header-only form in every file would triple the time that the project takes to build.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace roofline {

std::string formatted_from(fmt::string_view pattern, fmt::format_args values);

/// fmt::format.
template <typename... Values>
std::string formatted(fmt::format_string<Values...> pattern, Values&&... values) {
    return formatted_from(pattern, fmt::make_format_args(values...));
}

/// The words of a range one after another, with `separator` between them.
template <typename Range>
std::string joined(const Range& words, std::string_view separator) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

}  // namespace roofline
