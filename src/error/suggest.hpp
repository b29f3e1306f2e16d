// Did-you-mean: one function for commands, flags, keys, devices, models and prices.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// A name that can be meant, and the name to show for it (an alias shows its id).
struct Candidate {
    std::string_view name;
    std::string_view shown;
};

/// Edits between two words (Damerau-Levenshtein, optimal string alignment), case ignored.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// At most three shown names near `word`, best first: those that begin with it or are within
/// max(1, length/3) edits ('-', '_' and spaces apart), then those that share a whole token with it.
/// Words of more than 64 characters are near nothing, and 5000 names are looked at.
std::vector<std::string> suggest(std::string_view word, std::span<const Candidate> candidates);
std::vector<std::string> suggest(std::string_view word, std::span<const std::string_view> names);

/// "did you mean a, b or c?", or "" when nothing is near.
std::string did_you_mean(const std::vector<std::string>& names);

/// did_you_mean() of what is near `word`, else "it is a, b or c": what to write for a choice.
std::string choice_hint(std::string_view word, std::span<const std::string_view> names);

/// "a, b and c" with the last joined by `word`.
std::string join_words(const std::vector<std::string>& words, std::string_view last_joint);

}  // namespace roofline
