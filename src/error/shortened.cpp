#include "shortened.hpp"

#include <cctype>
#include <string_view>

namespace roofline {
namespace {

constexpr std::size_t longest_quote = 200;
constexpr std::size_t longest_text = 4000;
constexpr std::string_view ellipsis = "…";

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The start of the character at or before `at`.
std::size_t character_at(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && continues_character(text[at])) --at;
    return at;
}

bool is_word(std::string_view text, std::size_t at) {
    return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

// A quote closes where no word goes on behind it: "target's" holds none.
std::size_t end_of_quote(std::string_view text, std::size_t start) {
    std::size_t end = text.find('\'', start);
    while (end != std::string_view::npos && is_word(text, end + 1)) end = text.find('\'', end + 1);
    return end == std::string_view::npos ? text.size() : end;
}

std::string with_short_quotes(std::string_view text) {
    std::string result;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t quote = text.find('\'', at);
        const std::size_t stop = quote == std::string_view::npos ? text.size() : quote + 1;
        result += text.substr(at, stop - at);
        at = stop;
        const bool opens =
            quote != std::string_view::npos && (quote == 0 || !is_word(text, quote - 1));
        if (!opens) continue;
        const std::size_t end = end_of_quote(text, at);
        const bool whole = end - at <= longest_quote;
        result += text.substr(at, (whole ? end : character_at(text, at + longest_quote)) - at);
        if (!whole) result += ellipsis;
        if (end < text.size()) result += '\'';
        at = end + 1;
    }
    return result;
}

}  // namespace

std::string shortened(std::string text) {
    if (text.size() <= longest_quote) return text;
    text = with_short_quotes(text);
    if (text.size() <= longest_text) return text;
    const std::size_t head = character_at(text, longest_text / 2);
    const std::size_t tail = character_at(text, text.size() - longest_text / 4);
    return text.substr(0, head) + std::string(ellipsis) + text.substr(tail);
}

}  // namespace roofline
