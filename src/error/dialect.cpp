#include "dialect.hpp"

#include <algorithm>

namespace roofline {
namespace {

/// A field as a message names it; `value` is empty where it has none.
struct Named {
    std::string_view name;
    std::string_view value;
};

bool is_name(std::string_view text) {
    constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyz-";
    return !text.empty() && text.find_first_not_of(of_names) == std::string_view::npos;
}

std::string as_key(const Named& field) {
    std::string key(field.name);
    std::ranges::replace(key, '-', '_');
    const std::string_view value = field.value;
    const bool quoted = value.size() > 1 && value.front() == '\'' && value.back() == '\'';
    if (quoted)
        return "\"" + key + "\": \"" + std::string(value.substr(1, value.size() - 2)) + "\"";
    return "'" + key + "'" + (value.empty() ? "" : " " + std::string(value));
}

std::string in_scenario(const Named& field) {
    if (field.value.empty()) return std::string(field.name);
    const std::string name = field.name == "hw" ? "@" : std::string(field.name) + "=";
    return name + std::string(field.value);
}

std::string as_flag(const Named& field) {
    const std::string flag = "--" + std::string(field.name);
    return field.value.empty() ? flag : flag + " " + std::string(field.value);
}

std::string said(const Named& field, Dialect dialect) {
    if (std::ranges::find(flag_words, field.name) != flag_words.end()) return as_flag(field);
    if (dialect == Dialect::keys) return as_key(field);
    return dialect == Dialect::scenario ? in_scenario(field) : as_flag(field);
}

}  // namespace

std::string in_dialect(std::string_view text, Dialect dialect) {
    std::string result;
    for (;;) {
        const std::size_t start = std::min(text.find('`'), text.size());
        result += text.substr(0, start);
        const std::size_t stop = text.find('`', start + 1);
        if (start == text.size() || stop == std::string_view::npos)
            return result += text.substr(start);
        const std::string_view inside = text.substr(start + 1, stop - start - 1);
        const std::size_t space = std::min(inside.find(' '), inside.size());
        const Named field{inside.substr(0, space),
                          inside.substr(std::min(space + 1, inside.size()))};
        if (!is_name(field.name)) {  // somebody's own backquote
            result += '`';
            text.remove_prefix(start + 1);
            continue;
        }
        result += said(field, dialect);
        text.remove_prefix(stop + 1);
    }
}

Fault in_dialect(Fault fault, Dialect dialect) {
    fault.message = in_dialect(fault.message, dialect);
    fault.hint = in_dialect(fault.hint, dialect);
    fault.next = in_dialect(fault.next, Dialect::flags);
    return fault;
}

std::string hint_text(const Fault& fault) {
    if (fault.next.empty()) return fault.hint;
    return fault.hint + (fault.hint.empty() ? "roofline " : " roofline ") + fault.next;
}

}  // namespace roofline
