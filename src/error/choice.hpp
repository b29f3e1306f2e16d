// One of several names, as a user wrote it.
#pragma once

#include "roofline/error/user_error.hpp"

#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace roofline {

/// E106: "--basis: 'best' is no basis", with the nearest of `names`, or all of them. `label` names
/// what was read; without a noun the message ends in "is none".
Fault no_choice(std::string_view text, std::string_view label, std::string_view noun,
                std::span<const std::string_view> names);

/// The place of `text` among `names`. Throws no_choice() where it is none of them.
std::size_t choice(std::string_view text, std::string_view label, std::string_view noun,
                   std::span<const std::string_view> names);

/// The names of a table's rows: names_of(rows, &Row::name).
template <std::ranges::input_range Rows, typename Name>
std::vector<std::string_view> names_of(const Rows& rows, Name name) {
    std::vector<std::string_view> names;
    for (const auto& row : rows) names.push_back(row.*name);
    return names;
}

}  // namespace roofline
