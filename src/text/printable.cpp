#include "printable.hpp"

#include "formatted.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace roofline {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// Bytes of the character that `text` starts with; 0 when it is no valid UTF-8.
std::size_t character_length(std::string_view text) {
    const unsigned first = byte_at(text, 0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF5   ? 0
                               : first >= 0xF0 ? 4
                               : first >= 0xE0 ? 3
                               : first >= 0xC2 ? 2
                                               : 0;
    if (length == 0 || length > text.size()) return 0;
    const bool continued = std::ranges::all_of(text.substr(1, length - 1),
                                               [](unsigned char c) { return (c & 0xC0U) == 0x80; });
    if (!continued) return 0;
    const unsigned second = byte_at(text, 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

char32_t code_point(std::string_view character) {
    constexpr std::array<unsigned, 5> first_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t code = byte_at(character, 0) & first_bits[character.size()];
    for (const char byte : character.substr(1))
        code = (code << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
    return code;
}

// Controls of ASCII and Latin 1, marks that reorder, what has no width, and what is no character:
// https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt (ignorable by default).
bool is_shown(char32_t code) {
    struct Range {
        char32_t first, last;
    };
    constexpr std::array<Range, 10> hidden{{{0, 0x1F},
                                            {0x7F, 0x9F},
                                            {0x61C, 0x61C},
                                            {0x180E, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF9, 0xFFFB},
                                            {0xE0000, 0xE0FFF}}};
    constexpr char32_t plane = 0xFFFF;
    constexpr char32_t no_characters = 0xFFFE;  // the last two of every plane
    return (code & plane) < no_characters && std::ranges::none_of(hidden, [&](const Range& range) {
               return range.first <= code && code <= range.last;
           });
}

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c < 0x7F && c > 0; }

std::string escaped_bytes(std::string_view character) {
    std::string result;
    for (const char byte : character)
        result += formatted("\\x{:02x}", static_cast<unsigned char>(byte));
    return result;
}

// In UTF-16, as JSON has it.
std::string json_escape(char32_t code) {
    constexpr char32_t first_beyond = 0x10000;
    if (code < first_beyond) return formatted("\\u{:04x}", static_cast<unsigned>(code));
    const auto rest = static_cast<unsigned>(code - first_beyond);
    return formatted("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
}

// Takes the first character off `text`, and says what it is; nullopt where it is none.
std::optional<char32_t> take_character(std::string_view& text, std::string_view& character) {
    const std::size_t length = character_length(text);
    character = text.substr(0, std::max<std::size_t>(length, 1));
    text.remove_prefix(character.size());
    return length == 0 ? std::nullopt : std::optional(code_point(character));
}

}  // namespace

std::string printable(std::string_view text) {
    if (std::ranges::all_of(text, is_plain)) return std::string(text);
    std::string result;
    std::string_view character;
    while (!text.empty()) {
        const auto code = take_character(text, character);
        if (character == "\n" || character == "\t" || character == "\r")
            result += ' ';
        else if (code && is_shown(*code))
            result += character;
        else
            result += escaped_bytes(character);
    }
    return result;
}

std::string printable_lines(std::string_view text) {
    std::string result;
    while (true) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += printable(text.substr(0, end));
        if (end == text.size()) return result;
        result += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string escaped_json(std::string json) {
    // Below a space there are only line breaks outside of strings.
    if (std::ranges::all_of(json, [](char c) { return is_plain(c) || c == '\n'; })) return json;
    std::string result;
    std::string_view character;
    for (std::string_view rest = json; !rest.empty();) {
        const auto code = take_character(rest, character);
        const bool shown = !code || character == "\n" || is_shown(*code);
        result += shown ? std::string(character) : json_escape(*code);
    }
    return result;
}

}  // namespace roofline
