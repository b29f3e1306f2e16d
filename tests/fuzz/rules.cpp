#include "rules.hpp"

#include "answer/fault_record.hpp"
#include "error/dialect.hpp"
#include "report/format.hpp"
#include "target.hpp"
#include "text/printable.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <vector>

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

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_plain(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; });
}
bool is_mark(char c) { return std::ispunct(static_cast<unsigned char>(c)) != 0; }

std::size_t run_of(std::string_view text, std::size_t at) {
    const std::size_t end = text.find_first_not_of(text[at], at);
    return (end == std::string_view::npos ? text.size() : end) - at;
}

// What of a line of Markdown is neither escaped nor code.
std::string bare(std::string_view line) {
    std::string result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && is_mark(line[i + 1])) {
            ++i;
            result += ' ';
        } else if (line[i] == '`') {
            const std::size_t ticks = run_of(line, i);
            std::size_t end = i + ticks;
            while ((end = line.find('`', end)) != std::string_view::npos &&
                   run_of(line, end) != ticks)
                end += run_of(line, end);
            i = end == std::string_view::npos ? i + ticks - 1 : end + ticks - 1;
            result += ' ';
        } else {
            result += line[i];
        }
    }
    return result;
}

void hold_bare(std::string_view whole) {
    const std::string line = bare(whole);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const char next = line[i + 1];
        hold(line[i] != '<' || (!is_letter(next) && next != '/' && next != '!' && next != '?'),
             "Markdown holds no HTML", whole);
        hold(line[i] != '@' || !is_word(next) || next == '_' || (i > 0 && is_word(line[i - 1])),
             "nobody is mentioned", whole);
    }
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

class Xml {
  public:
    explicit Xml(std::string_view text) : text_(text), rest_(text) {}
    void hold_all() {
        if (rest_.starts_with("<?xml")) skip_past("?>");
        while (!rest_.empty()) {
            if (rest_[0] != '<') {
                hold_characters(rest_.substr(0, std::min(rest_.find('<'), rest_.size())));
                rest_.remove_prefix(std::min(rest_.find('<'), rest_.size()));
            } else if (rest_.starts_with("<!--")) {
                skip_past("-->");
            } else {
                take_tag();
            }
        }
        check(open_.empty() && elements_ > 0, "every element of XML is closed");
    }

  private:
    void check(bool holds, std::string_view rule) const { hold(holds, rule, text_); }
    void skip_past(std::string_view end) {
        const std::size_t at = rest_.find(end);
        check(at != std::string_view::npos, "XML is closed");
        rest_.remove_prefix(at + end.size());
    }
    void hold_characters(std::string_view text) const {
        for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
            const std::string_view entity = text.substr(at, text.find(';', at) - at);
            check(entity == "&amp" || entity == "&lt" || entity == "&gt" || entity == "&quot" ||
                      entity == "&apos" || entity.starts_with("&#"),
                  "XML names five entities");
        }
    }
    void take_tag() {
        rest_.remove_prefix(1);
        const bool closing = rest_.starts_with('/');
        if (closing) rest_.remove_prefix(1);
        const std::size_t end = rest_.find_first_of(" \n/>");
        check(end != std::string_view::npos && end > 0, "a tag has a name");
        const std::string name(rest_.substr(0, end));
        rest_.remove_prefix(end);
        take_attributes();
        const bool empty = rest_.starts_with('/');
        if (empty) rest_.remove_prefix(1);
        check(rest_.starts_with('>'), "a tag is closed");
        rest_.remove_prefix(1);
        ++elements_;
        if (!closing && !empty) open_.push_back(name);
        if (!closing) return;
        check(!open_.empty() && open_.back() == name, "elements of XML are nested");
        open_.pop_back();
    }
    void take_attributes() {
        while (true) {
            rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
            check(!rest_.empty(), "a tag is closed");
            if (rest_[0] == '>' || rest_[0] == '/') return;
            const std::size_t quote = rest_.find("=\"");
            check(quote != std::string_view::npos && quote > 0, "an attribute has a value");
            for (const char c : rest_.substr(0, quote))
                check(is_word(c) || c == '-' || c == ':', "an attribute has a name");
            rest_.remove_prefix(quote + 2);
            const std::size_t end = rest_.find('"');
            check(end != std::string_view::npos, "an attribute is closed");
            check(rest_.substr(0, end).find('<') == std::string_view::npos,
                  "no tag in an attribute");
            hold_characters(rest_.substr(0, end));
            rest_.remove_prefix(end + 1);
        }
    }

    std::string_view text_;
    std::string_view rest_;
    std::vector<std::string> open_;
    int elements_ = 0;
};

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

template <typename Rule>
void for_lines(std::string_view text, Rule rule) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        rule(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
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

void hold_xml(std::string_view text) {
    hold_shown(text);
    Xml(text).hold_all();
}

void hold_markdown(std::string_view text) {
    hold_shown(text);
    std::string fence;
    bool first = true;
    for_lines(text, [&](std::string_view line) {
        const bool marker = std::exchange(first, false) && line.starts_with("<!-- roofline:");
        const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
        const std::size_t ticks =
            start < 4 && line.substr(start).starts_with("```") ? run_of(line, start) : 0;
        if (!fence.empty()) {
            const std::string_view end = line.substr(std::min(start + ticks, line.size()));
            if (ticks >= fence.size() && end.find_first_not_of(' ') == std::string_view::npos)
                fence.clear();
        } else if (ticks > 0 && line.find('`', start + ticks) == std::string_view::npos) {
            fence = std::string(ticks, '`');
        } else if (!marker) {
            hold_bare(line);
        }
    });
    hold(fence.empty(), "every fence is closed", text);
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
