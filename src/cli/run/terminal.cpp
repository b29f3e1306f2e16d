#include "terminal.hpp"

#include "cli/line/global_flags.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace roofline::cli {
namespace {

constexpr int pipe_width = 100;
constexpr int usual_width = 80;
constexpr int least_width = 40;

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

bool is_terminal(std::FILE* stream) { return isatty(fileno(stream)) == 1; }

bool wants_colour(std::FILE* stream, const Arguments& arguments) {
    const std::string_view when = global::times[arguments.choice(global::color, 0)];
    if (when == "always") return true;
    if (when == "never") return false;
    if (!variable("NO_COLOR").empty()) return false;
    for (const char* force : {"CLICOLOR_FORCE", "FORCE_COLOR"})
        if (!variable(force).empty() && variable(force) != "0") return true;
    return is_terminal(stream) && variable("TERM") != "dumb" && variable("CLICOLOR") != "0";
}

bool locale_is_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string value(variable(name));
        if (value.empty()) continue;
        std::ranges::transform(value, value.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

int terminal_width(std::FILE* stream) {
    if (!is_terminal(stream)) return pipe_width;
    const std::string columns(variable("COLUMNS"));
    const int given = std::atoi(columns.c_str());  // NOLINT(cert-err34-c): 0 when it is no number
    if (given > 0) return given;
    winsize size{};
    const bool known = ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : usual_width;
}

}  // namespace

bool takes_escapes(const Arguments& arguments) {
    const std::string_view when = global::times[arguments.choice(global::color, 0)];
    return when != "never" && variable("TERM") != "dumb";
}

Page page_for(std::FILE* stream, const Arguments& arguments) {
    Page page;
    page.colour = wants_colour(stream, arguments) ? Colour::on : Colour::off;
    const bool plain =
        arguments.has(global::ascii) || variable("TERM") == "dumb" || !locale_is_utf8();
    page.charset = plain ? Charset::ascii : Charset::unicode;
    constexpr double widest = 10000;
    const double usual = terminal_width(stream);
    const double width = flag_or(arguments, global::width, parse_count, usual);
    page.width = static_cast<int>(std::min(width, widest));
    page.width = std::max(page.width, least_width);
    page.why = arguments.has(global::why);
    return page;
}

Page page_for_messages(const Arguments& arguments) {
    Page page = page_for(stderr, arguments);
    if (!is_terminal(stderr)) page.width = 0;
    return page;
}

}  // namespace roofline::cli
