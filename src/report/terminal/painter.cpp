#include "painter.hpp"

#include "report/humanize.hpp"
#include "report/wrapped_lines.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

std::string_view escape_of(Role role) {
    constexpr std::array<std::string_view, 9> escapes{"",   "32", "31", "33", "36",
                                                      "35", "34", "1",  "2"};
    return escapes[static_cast<std::size_t>(role)];
}

}  // namespace

void Painter::line(std::string_view text, Role role) const { write_(painted(text, role) + "\n"); }

void Painter::wrapped(std::string_view text, std::size_t indent, Role role) const {
    for (const std::string& text_line : wrapped_lines(fitted(text), page_.width, indent))
        line(text_line, role);
}

std::string Painter::fitted(std::string_view text) const {
    const std::string shown = printable(text);
    return page_.charset == Charset::ascii ? to_ascii(shown) : shown;
}

std::string Painter::painted(std::string_view text, Role role) const {
    std::string shown = fitted(text);
    if (page_.colour == Colour::off || role == Role::plain) return shown;
    return formatted("\x1b[{}m{}\x1b[0m", escape_of(role), shown);
}

std::string Painter::bar(double fraction, int cells) const {
    const double filled = std::clamp(fraction, 0.0, 1.0) * cells;
    const auto whole = static_cast<int>(filled);
    std::string text;
    if (page_.charset == Charset::ascii) {
        text.append(static_cast<std::size_t>(std::lround(filled)), '#');
    } else {
        constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        for (int i = 0; i < whole; ++i) text += "█";
        text += eighths[static_cast<std::size_t>((filled - whole) * 8)];
    }
    const int missing = cells - shown_width(text);
    return text + std::string(static_cast<std::size_t>(std::max(missing, 0)), ' ');
}

}  // namespace roofline
