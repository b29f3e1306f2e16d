#include "command_lines.hpp"

#include "humanize.hpp"

#include <utility>

namespace roofline {
namespace {

// Words as a shell parts them, with their quotes.
std::vector<std::string> shell_words(std::string_view command) {
    std::vector<std::string> words;
    bool inside = false;
    char quote = '\0';
    for (const char c : command) {
        if (c == ' ' && quote == '\0') {
            inside = false;
            continue;
        }
        if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = '\0';
        if (!std::exchange(inside, true)) words.emplace_back();
        words.back() += c;
    }
    return words;
}

bool is_redirection(std::string_view piece) { return piece == ">" || piece == "<" || piece == "|"; }

// A flag and its value stay together, and what follows a redirection.
std::vector<std::string> pieces_of(std::string_view command) {
    std::vector<std::string> pieces;
    for (std::string& word : shell_words(command)) {
        const bool follows = !pieces.empty() && is_redirection(pieces.back());
        const bool is_value = !pieces.empty() && pieces.back().starts_with('-') &&
                              pieces.back().find(' ') == std::string::npos && word[0] != '-' &&
                              !is_redirection(word);
        if (is_value || follows)
            pieces.back() += " " + word;
        else
            pieces.push_back(std::move(word));
    }
    return pieces;
}

// 'a b c' as 'a b '\ and, from the first column on, 'c': sh reads one word. Other words stay whole.
void split_quoted(std::string line, int width, std::vector<std::string>& lines) {
    const auto room = static_cast<std::size_t>(width > 4 ? width - 4 : 0);
    while (shown_width(line) > width) {
        const std::size_t space = line.rfind(' ', room);
        const std::size_t quote = line.find('\'');
        const bool inside = space != std::string::npos && quote != std::string::npos &&
                            line.ends_with('\'') && space > quote + 1 &&
                            line.find('\'', quote + 1) == line.size() - 1;
        if (!inside) break;
        lines.push_back(line.substr(0, space + 1) + "'\\");
        line = "'" + line.substr(space + 1);
    }
    lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> command_lines(std::string_view command, int width, std::size_t indent) {
    constexpr int continuation = 2;  // " \"
    std::vector<std::string> lines;
    std::string current(indent, ' ');
    bool begins = true;
    const std::vector<std::string> pieces = pieces_of(command);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const int room = i + 1 == pieces.size() ? width : width - continuation;
        if (!begins && shown_width(current) + 1 + shown_width(pieces[i]) > room) {
            lines.push_back(current + " \\");
            current.assign(indent + 2, ' ');
            begins = true;
        }
        current += (std::exchange(begins, false) ? "" : " ") + pieces[i];
        if (shown_width(current) <= room) continue;
        split_quoted(std::move(current), room, lines);
        current = std::move(lines.back());
        lines.pop_back();
    }
    lines.push_back(std::move(current));
    return lines;
}

}  // namespace roofline
