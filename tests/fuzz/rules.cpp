#include "rules.hpp"

#include "answer/fault_record.hpp"
#include "error/dialect.hpp"
#include "report/format.hpp"
#include "target.hpp"
#include "text/printable.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz {
namespace {

bool is_hidden(unsigned code) {
    return (code < 0x20 && code != '\n') || (code >= 0x7F && code <= 0x9F) || code == 0x61C ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
           (code >= 0xE0000 && code <= 0xE0FFF) || (code & 0xFFFEU) == 0xFFFE ||
           (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
}

// Takes one character off `text`.
unsigned taken(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC0 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                                              : 4;
    hold(length > 0 && length <= text.size(), "text is UTF-8", text);
    unsigned code = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        hold((byte & 0xC0U) == 0x80, "text is UTF-8", text);
        code = (code << 6U) | (byte & 0x3FU);
    }
    constexpr unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};  // NOLINT: by length
    hold(code >= least[length], "text is UTF-8 in its shortest form", text);
    text.remove_prefix(length);
    return code;
}

bool is_plain(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; });
}

// What is ours: "\x1b[1;31m" around words.
std::string without_colours(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '\x1b' ? text.find('m', i) : std::string_view::npos;
        const bool ours =
            end != std::string_view::npos && text.substr(i, 2) == "\x1b[" &&
            text.substr(i + 2, end - i - 2).find_first_not_of("0123456;") == std::string_view::npos;
        if (ours)
            i = end;
        else
            result += text[i];
    }
    return result;
}

// The text of a report in a format; empty where it has no such form.
std::string rendered(const roofline::Report& report, const roofline::Format& format,
                     const roofline::Page& page) {
    std::string text;
    try {
        format.render(report, page, [&](std::string_view part) { text += part; });
    } catch (const roofline::UserError&) {
        return {};
    }
    return text;
}

}  // namespace

void hold(bool holds, std::string_view rule, std::string_view text) {
    if (holds) return;
    std::fprintf(stderr, "This does not hold: %.*s\n%.*s\n", static_cast<int>(rule.size()),
                 rule.data(), static_cast<int>(std::min<std::size_t>(text.size(), 4000)),
                 text.data());
    std::abort();
}

void hold_shown(std::string_view text) {
    for (std::string_view rest = text; !rest.empty();)
        hold(!is_hidden(taken(rest)), "nothing hidden stands in what is shown", text);
}

void hold_one_line(std::string_view text) {
    hold_shown(text);
    hold(text.find('\n') == std::string_view::npos, "one line is one", text);
}

void hold_json(std::string_view text) {
    hold_shown(text);
    hold(nlohmann::json::accept(text), "JSON is JSON", text);
}

void hold_csv(std::string_view text) {
    hold_shown(text);
    std::size_t width = 0;
    std::size_t cells = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool quoted = text[i] == '"';
        if (quoted) ++i;
        hold(i >= text.size() || (text[i] != '=' && text[i] != '@'), "no cell is a formula", text);
        if (quoted)
            for (;; ++i) {
                hold(i < text.size(), "quotes of CSV are closed", text);
                if (text[i] == '"' && text.substr(i + 1, 1) != "\"") break;
                if (text[i] == '"') ++i;
            }
        i = quoted ? i + 1 : std::min(text.find_first_of(",\n\"", i), text.size());
        ++cells;
        hold(i < text.size() && (text[i] == ',' || text[i] == '\n'), "a cell of CSV ends", text);
        if (text[i] == ',') continue;
        if (width == 0) width = cells;
        hold(cells == width, "rows of CSV are as wide as its header", text);
        cells = 0;
    }
}

void hold_no_command(std::string_view line) {
    std::size_t start = 0;
    while (start < line.size() &&
           (static_cast<unsigned char>(line[start]) >= 0x80 || line[start] <= ' '))
        ++start;
    hold(!line.substr(start).starts_with("::"), "no line is a command", line);
    hold(line.find("##[") == std::string_view::npos, "no word is a command", line);
}

void hold_report(const roofline::Report& report, int width) {
    using namespace roofline;
    for (const Format& format : formats())
        for (const Colour colour : {Colour::off, Colour::on})
            for (const Charset charset : {Charset::unicode, Charset::ascii}) {
                if (format.name != "table" && (colour == Colour::on || charset == Charset::ascii))
                    continue;
                const std::string text = rendered(
                    report, format, {.width = width, .charset = charset, .colour = colour});
                if (format.name == "table") hold_shown(without_colours(text));
                if (format.name == "json") hold_json(text);
                if (format.name == "jsonl") for_lines(text, hold_json);
                if (format.name == "csv") hold_csv(text);
                if (format.name == "md") hold_markdown(text);
                if (format.name == "svg" && !text.empty()) hold_xml(text);
                for_lines(text, [&](std::string_view line) {
                    hold_no_command(without_commands(line, format.markup));
                });
            }
}

void hold_fault(const roofline::Fault& fault) {
    using namespace roofline;
    hold(exit_status(fault.code) != Exit::internal, "a fault of the user is none of ours",
         fault.message);
    hold(!fault.message.empty(), "a fault says what is wrong");
    hold(fault.message.size() + fault.hint.size() < 10'000, "what is said is short", fault.message);
    for (const Dialect dialect : {Dialect::flags, Dialect::keys, Dialect::scenario}) {
        const Fault said = in_dialect(fault, dialect);
        hold_one_line(printable(message_text(said)));
        hold_shown(printable_lines(said.where.snippet));
        hold_shown(printable_lines(said.hint));
    }
    // Most faults differ in what is plain: not each of them is written down.
    static unsigned calls = 0;
    if (++calls % 16 == 0 || !is_plain(fault.message) || !is_plain(fault.hint))
        hold_json(json_text(fault_record(fault)));
}

}  // namespace fuzz
