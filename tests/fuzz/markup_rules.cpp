// What is well-formed XML, and what of Markdown is no markup of others.
#include "rules.hpp"
#include "target.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace fuzz {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
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

// Lines that roofline writes itself around what an answer rests on; no name becomes one, since what
// is named is escaped and stands in a list.
bool is_own(std::string_view line) {
    return line == "<details><summary>What this rests on</summary>" || line == "</details>";
}

}  // namespace

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
        } else if (!marker && !is_own(line)) {
            hold_bare(line);
        }
    });
    hold(fence.empty(), "every fence is closed", text);
}

}  // namespace fuzz
