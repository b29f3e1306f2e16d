#include "typed_lines.hpp"

#include "report/humanize.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::string_view first_indent = "  ";
constexpr std::string_view later_indent = "      ";
constexpr std::string_view continued = " \\";

// Words between spaces outside of quotes; a flag and its value are one.
std::vector<std::string> words_of(std::string_view command) {
    std::vector<std::string> words;
    std::string word;
    bool quoted = false;
    const auto end_word = [&] {
        if (word.empty()) return;
        const bool value = !words.empty() && words.back().starts_with("--") &&
                           words.back().find(' ') == std::string::npos && word[0] != '-';
        if (value)
            words.back() += ' ' + word;
        else
            words.push_back(word);
        word.clear();
    };
    for (const char c : command) {
        if (c == '\'') quoted = !quoted;
        if (c == ' ' && !quoted)
            end_word();
        else
            word += c;
    }
    end_word();
    return words;
}

// 'a b c' as 'a b '\ and, from the first column on, 'c': sh reads one word.
void split_quoted(std::string word, int width, std::vector<std::string>& lines) {
    const auto room = static_cast<std::size_t>(std::max(width - 4, 8));
    while (static_cast<int>(shown_width(word)) > width) {
        const std::size_t space = word.rfind(' ', room);
        const std::size_t quote = word.find('\'');
        if (space == std::string::npos || quote == std::string::npos || space < quote + 2) break;
        lines.push_back(word.substr(0, space + 1) + "'\\");
        word = "'" + word.substr(space + 1);
    }
    lines.push_back(std::move(word));
}

}  // namespace

std::vector<std::string> typed_lines(std::string_view command, int width) {
    std::vector<std::string> lines;
    std::string current(first_indent);
    bool begun = false;
    const int room = width - static_cast<int>(continued.size());
    for (const std::string& word : words_of(command)) {
        const bool fits = shown_width(current) + 1 + shown_width(word) <= room;
        if (begun && !fits) {
            lines.push_back(current + std::string(continued));
            current = later_indent;
            begun = false;
        }
        current += (begun ? " " : "") + word;
        begun = true;
        if (shown_width(current) <= room) continue;
        split_quoted(std::move(current), room, lines);
        current = std::move(lines.back());
        lines.pop_back();
    }
    lines.push_back(std::move(current));
    return lines;
}

}  // namespace roofline
