#include "written_name.hpp"

#include "roofline/catalog/catalog.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>

namespace roofline {
namespace {

// Lists end at a comma, scenarios at a space, "@" and "=", modes and providers at ":" and "/";
// backquotes stand for fields.
constexpr std::string_view splitting = " ,@=:/'\"\x60\\";

bool is_control(char c) {
    const auto code = static_cast<unsigned char>(c);
    return code < ' ' || code == 0x7F;
}

std::string shown(char c) {
    return is_control(c) ? std::string("a control character") : formatted("'{}'", c);
}

// What is wrong with the name, or nothing.
std::string why_unreadable(std::string_view name, const NameKind& kind) {
    if (name_key(name).empty()) return "is blank";
    const auto wrong = std::ranges::find_if(name, [&](char c) {
        const bool splits = splitting.find(c) != std::string_view::npos &&
                            kind.allowed.find(c) == std::string_view::npos;
        return is_control(c) || splits;
    });
    if (wrong != name.end()) return formatted("holds {}", shown(*wrong));
    const auto first = static_cast<unsigned char>(name.front());
    if (std::isalpha(first) == 0 && !(kind.begins_with_digit && std::isdigit(first) != 0))
        return kind.begins_with_digit ? "does not begin with a letter or digit"
                                      : "does not begin with a letter";
    const bool path =
        has_ending(name, ".json") || (name.find('/') != std::string_view::npos && !is_hub_id(name));
    return kind.beside_paths && path ? "reads as a path" : "";
}

void refuse_unreadable(JsonObject& record, std::string_view key, std::string_view name,
                       const NameKind& kind) {
    const std::string why = why_unreadable(name, kind);
    if (!why.empty())
        record.fail(key, formatted("'{}' {}: {} that is called so could not be asked for", name,
                                   why, kind.noun));
}

}  // namespace

std::string written_name(JsonObject& record, std::string_view key, const NameKind& kind) {
    std::string name = record.text(key);
    refuse_unreadable(record, key, name, kind);
    return name;
}

std::vector<std::string> written_names(JsonObject& record, std::string_view key,
                                       const NameKind& kind) {
    std::vector<std::string> names = record.texts(key);
    for (const std::string& name : names) refuse_unreadable(record, key, name, kind);
    return names;
}

}  // namespace roofline
