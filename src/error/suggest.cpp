#include "suggest.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace roofline {
namespace {

constexpr std::size_t most_shown = 3;
// Longer words are no slips of names, and more names than these are not looked through.
constexpr std::size_t longest_word = 64;
constexpr std::size_t most_candidates = 5000;

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::vector<std::string> tokens(const std::string& text) {
    std::vector<std::string> result(1);
    for (const char c : text) {
        if (c == '-' || c == '_' || c == ' ' || c == '.' || c == '/') {
            if (!result.back().empty()) result.emplace_back();
        } else {
            result.back() += c;
        }
    }
    if (result.back().empty()) result.pop_back();
    return result;
}

// 'h1000' is near every h100-…: a token may differ by one edit when it is long enough to be told.
bool same_token(const std::string& a, const std::string& b) {
    if (a == b) return a.size() > 2;
    return std::min(a.size(), b.size()) > 3 && edit_distance(a, b) <= 1;
}

bool shares_token(const std::string& word, const std::string& name) {
    const auto of_name = tokens(name);
    return std::ranges::any_of(tokens(word), [&](const std::string& token) {
        return std::ranges::any_of(
            of_name, [&](const std::string& other) { return same_token(token, other); });
    });
}

std::string squeezed(std::string text) {
    std::erase_if(text, [](char c) { return c == '-' || c == '_' || c == ' '; });
    return text;
}

// Lower is nearer; none means too far to suggest.
std::size_t distance_score(const std::string& word, const std::string& name, std::size_t limit) {
    const std::string wanted = squeezed(word);
    const std::string known = squeezed(name);
    const std::size_t edits = edit_distance(wanted, known);
    const bool prefix = wanted.size() > 1 && known.starts_with(wanted);
    if (prefix) return std::min<std::size_t>(edits, 1);
    if (edits <= limit) return edits;
    const bool within = wanted.size() > 2 && known.find(wanted) != std::string::npos;
    if (within) return limit;  // "fp4" of "nvfp4"
    return shares_token(word, name) ? limit + 1 : std::string::npos;
}

struct Scored {
    std::size_t score;
    std::size_t order;
    std::string_view shown;
};

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    const std::string left = lower(a);
    const std::string right = lower(b);
    std::vector<std::size_t> before_last(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t swap_cost = left[i - 1] == right[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + swap_cost});
            const bool swapped =
                i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[right.size()];
}

std::vector<std::string> suggest(std::string_view word, std::span<const Candidate> candidates) {
    if (word.size() > longest_word) return {};
    const std::string wanted = lower(word);
    const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
    std::vector<Scored> near;
    for (std::size_t i = 0; i < std::min(candidates.size(), most_candidates); ++i) {
        if (candidates[i].name.size() > longest_word) continue;
        const auto score = distance_score(wanted, lower(candidates[i].name), limit);
        if (score != std::string::npos) near.push_back({score, i, candidates[i].shown});
    }
    std::ranges::sort(near, [](const Scored& a, const Scored& b) {
        return std::pair{a.score, a.order} < std::pair{b.score, b.order};
    });
    std::vector<std::string> shown;
    for (const Scored& candidate : near) {
        if (shown.size() == most_shown) break;
        if (std::ranges::find(shown, candidate.shown) == shown.end())
            shown.emplace_back(candidate.shown);
    }
    return shown;
}

std::vector<std::string> suggest(std::string_view word, std::span<const std::string_view> names) {
    std::vector<Candidate> candidates;
    candidates.reserve(names.size());
    for (const std::string_view name : names) candidates.push_back({name, name});
    return suggest(word, candidates);
}

std::string did_you_mean(const std::vector<std::string>& names) {
    return names.empty() ? "" : "did you mean " + join_words(names, "or") + "?";
}

std::string choice_hint(std::string_view word, std::span<const std::string_view> names) {
    const std::string meant = did_you_mean(suggest(word, names));
    return meant.empty() ? "it is " + join_words({names.begin(), names.end()}, "or") : meant;
}

std::string join_words(const std::vector<std::string>& words, std::string_view last_joint) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " " + std::string(last_joint) + " " : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace roofline
