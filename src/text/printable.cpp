#include "printable.hpp"

#include "formatted.hpp"

#include <algorithm>

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

// Control characters of ASCII and Latin 1, line and paragraph separators, and marks that reorder.
bool is_obeyed(std::string_view character) {
    const unsigned first = byte_at(character, 0);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    const unsigned second = byte_at(character, 1);
    if (character.size() == 2) return first == 0xC2 && second < 0xA0;
    if (character.size() == 4 || first != 0xE2) return character == "\xEF\xBF\xBE";
    const unsigned third = byte_at(character, 2);
    return (second == 0x80 && third >= 0xA8 && third <= 0xAE) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        const bool space = character == "\n" || character == "\t" || character == "\r";
        if (space)
            result += ' ';
        else if (length == 0 || is_obeyed(character))
            for (const char byte : character)
                result += formatted("\\x{:02x}", static_cast<unsigned char>(byte));
        else
            result += character;
        text.remove_prefix(character.size());
    }
    return result;
}

}  // namespace roofline
