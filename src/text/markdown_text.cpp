#include "markdown_text.hpp"

#include "printable.hpp"

#include <algorithm>
#include <cctype>

namespace roofline {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::size_t longest_run(std::string_view text, char mark) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == mark ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// What a line that begins with it is more than text: "# ", "> ", "- ", "1. ", "===", "[x]: ".
bool begins_markup(std::string_view line) {
    if (line.empty()) return false;
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits != 0)
        return digits != std::string_view::npos && (line[digits] == '.' || line[digits] == ')') &&
               line.substr(digits + 1).starts_with(' ');
    if (line[0] == '-' || line[0] == '+')
        return line.find_first_not_of(line[0]) == std::string_view::npos ||
               line.substr(1).starts_with(' ');
    return std::string_view("#>=").find(line[0]) != std::string_view::npos ||
           (line[0] == '[' && line.find("]:") != std::string_view::npos);
}

}  // namespace

// A bracket alone is no markup; followed by an address it is a link.
std::string markdown(std::string_view text) {
    const std::string shown = printable(text);
    std::string marks = "|<\\`*";
    if (shown.find("](") != std::string::npos) marks += '[';
    if (shown.find("~~") != std::string::npos) marks += '~';
    std::string result;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const char c = shown[i];
        const char before = i > 0 ? shown[i - 1] : ' ';
        const char next = i + 1 < shown.size() ? shown[i + 1] : ' ';
        const bool mention = c == '@' && is_word(next) && !is_word(before) && before != '_';
        const bool entity = c == '&' && (next == '#' || is_word(next));
        if (entity || marks.find(c) != std::string::npos) result += '\\';
        result += c;
        if (mention) result += "&#8203;";  // a space without width
    }
    return result;
}

std::string markdown_line(std::string_view text) {
    std::string result = markdown(text);
    const std::size_t start = std::min(result.find_first_not_of(' '), result.size());
    const std::string_view line = std::string_view(result).substr(start);
    if (!begins_markup(line)) return result;
    const std::size_t digits = line.find_first_not_of("0123456789");
    result.insert(start + std::min(digits, line.size()), 1, '\\');
    return result;
}

std::string fence_around(std::string_view drawing) {
    constexpr std::size_t least = 3;
    std::string fence(std::max(least, longest_run(drawing, '`') + 1), '`');
    return fence;
}

std::string markdown_code(std::string_view text) {
    const std::string shown = printable(text);
    const std::string ticks(longest_run(shown, '`') + 1, '`');
    const bool touches = shown.starts_with('`') || shown.ends_with('`');
    return ticks + (touches ? " " + shown + " " : shown) + ticks;
}

}  // namespace roofline
