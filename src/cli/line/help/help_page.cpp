#include "help_page.hpp"

#include "report/command_lines.hpp"
#include "report/humanize.hpp"
#include "report/wrapped_lines.hpp"

#include <algorithm>
#include <iterator>

namespace roofline::cli {
namespace {

// Fewer characters for the text than this, and it stands under the term.
constexpr int narrowest_column = 38;
constexpr std::size_t under_term = 10;

}  // namespace

void HelpPage::paragraph(std::string_view text, std::size_t indent) {
    std::ranges::move(wrapped_lines(text, width_, indent), std::back_inserter(lines_));
}

void HelpPage::row(std::string_view term, std::string_view text, std::size_t column) {
    const auto used = static_cast<std::size_t>(shown_width(term));
    const bool narrow = width_ - static_cast<int>(column) < narrowest_column;
    if (!narrow && used < column)
        return paragraph(std::string(term) + std::string(column - used, ' ') + std::string(text),
                         column);
    const std::size_t indent = narrow ? std::min(under_term, column) : column;
    if (used < indent)
        return paragraph(std::string(term) + std::string(indent - used, ' ') + std::string(text),
                         indent);
    lines_.emplace_back(term);
    paragraph(std::string(indent, ' ') + std::string(text), indent);
}

void HelpPage::command(std::string_view text) {
    std::ranges::move(command_lines(text, width_, 2), std::back_inserter(lines_));
}

void HelpPage::append(const HelpPage& other) {
    lines_.insert(lines_.end(), other.lines_.begin(), other.lines_.end());
}

std::string HelpPage::text() const {
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    return text;
}

}  // namespace roofline::cli
