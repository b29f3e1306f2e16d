#include "wrapped_lines.hpp"

#include "humanize.hpp"
#include "shown_table.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace roofline {
namespace {

// Words with the spaces before them. A number and its unit stay together.
std::vector<std::string_view> pieces_of(std::string_view text) {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
        const std::size_t stop = std::min(text.find(' ', start), text.size());
        std::string_view word = text.substr(start, stop - start);
        word.remove_suffix(word.size() - (word.find_last_not_of(".,:;)?") + 1));
        const bool after_number =
            !pieces.empty() && std::isdigit(static_cast<unsigned char>(pieces.back().back())) != 0;
        if (after_number && is_unit(word))
            pieces.back() = {pieces.back().data(), pieces.back().size() + stop};
        else
            pieces.push_back(text.substr(0, stop));
        text.remove_prefix(stop);
    }
    return pieces;
}

std::size_t bytes_of_characters(std::string_view text, int characters) {
    std::size_t bytes = 0;
    for (; bytes < text.size(); ++bytes) {
        const bool begins = (static_cast<unsigned char>(text[bytes]) & 0xC0) != 0x80;
        if (begins && characters-- == 0) break;
    }
    return bytes;
}

}  // namespace

std::vector<std::string> wrapped_lines(std::string_view text, int width, std::size_t indent) {
    std::vector<std::string> lines;
    std::string current;
    for (std::string_view piece : pieces_of(text)) {
        const bool fits = shown_width(current) + shown_width(piece) <= width;
        if (!fits && current.find_first_not_of(' ') != std::string::npos) {
            lines.push_back(std::exchange(current, std::string(indent, ' ')));
            piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
        }
        current += piece;
        while (shown_width(current) > width) {  // one long word, such as an address
            const std::size_t room = bytes_of_characters(current, width);
            lines.push_back(current.substr(0, room));
            current.replace(0, room, indent, ' ');
        }
    }
    lines.push_back(std::move(current));
    return lines;
}

}  // namespace roofline
