#include "config.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace roofline::hugging_face {
namespace {

constexpr std::array<std::string_view, 4> text_sections{"thinker_config", "text_config",
                                                        "llm_config", "language_config"};

// Absent and null are nothing; "a.b" is b in the object a.
const JsonValue* member_of(const JsonValue& section, std::string_view name) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const JsonValue* found = section.find(name.substr(0, dot));
    if (found == nullptr || found->is_null()) return nullptr;
    if (dot == name.size()) return found;
    return found->object() == nullptr ? nullptr : member_of(*found, name.substr(dot + 1));
}

}  // namespace

bool is_true(const JsonValue& object, std::string_view name) {
    const JsonValue* found = object.find(name);
    return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

Config::Config(const JsonDocument& document) : document_(document) {
    const JsonValue* section = &document.root;
    for (const std::string_view name : text_sections) {
        const JsonValue* nested = section->find(name);
        if (nested != nullptr && nested->object() != nullptr) section = nested;
    }
    if (section != &document.root) sections_.push_back(section);
    sections_.push_back(&document.root);
}

bool Config::asked(std::string_view name) const {
    return std::ranges::find(asked_, name) != asked_.end();
}

bool Config::asked_inside(std::string_view name) const {
    return std::ranges::any_of(asked_, [&](std::string_view other) {
        return other.size() > name.size() && other.starts_with(name) && other[name.size()] == '.';
    });
}

const JsonValue* Config::find(const Names& names) {
    const auto count = static_cast<std::size_t>(names.end() - names.begin());
    const auto [entry, is_new] =
        found_.try_emplace({names.begin()->data(), (names.end() - 1)->data(), count}, nullptr);
    if (!is_new) return entry->second;
    for (const std::string_view name : names)
        if (!asked(name)) asked_.push_back(name);
    return entry->second = search(names);
}

const JsonValue* Config::search(const Names& names) const {
    for (const JsonValue* section : sections_)
        for (const std::string_view name : names)
            if (const JsonValue* found = member_of(*section, name)) return found;
    return nullptr;
}

std::string_view Config::name_present(const Names& names) const {
    for (const JsonValue* section : sections_)
        for (const std::string_view name : names)
            if (member_of(*section, name) != nullptr) return name;
    return *names.begin();
}

void Config::refuse_kind(const Names& names, std::string_view wanted) const {
    const std::string_view name = name_present(names);
    const JsonValue* found = nullptr;
    for (const JsonValue* section : sections_)
        if (found == nullptr) found = member_of(*section, name);
    const double* number = found->number();
    refuse(name, formatted("must be {}, found {}", wanted,
                           number == nullptr ? std::string(kind_name(*found))
                                             : formatted("{}", *number)));
}

double Config::checked(const JsonValue& value, const Names& names) const {
    constexpr double largest = 1e12;  // beyond it no product of two stays exact
    if (value.number() == nullptr || *value.number() < 0 || *value.number() > largest)
        refuse_kind(names, "a number from 0 to 1e12");
    return *value.number();
}

std::optional<double> Config::number(const Names& names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    if (found->array() == nullptr || found->array()->empty()) return checked(*found, names);
    const double first = checked(found->array()->front(), names);
    for (const JsonValue& item : *found->array())
        if (checked(item, names) != first)
            refuse(name_present(names), "differs from layer to layer, which is not modelled");
    return first;
}

std::optional<double> Config::number_at(const Names& names, std::size_t layer) {
    const JsonValue* found = find(names);
    if (found == nullptr || found->array() == nullptr) return number(names);
    if (layer >= found->array()->size())
        refuse(name_present(names),
               formatted("names {} layers, but there are more", found->array()->size()));
    const JsonValue& item = (*found->array())[layer];
    if (item.is_null()) return std::nullopt;
    return checked(item, names);
}

std::optional<std::string> Config::text(const Names& names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    if (found->text() == nullptr) refuse_kind(names, "a string");
    return *found->text();
}

std::optional<bool> Config::flag(const Names& names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    if (found->boolean() == nullptr) refuse_kind(names, "true or false");
    return *found->boolean();
}

std::vector<double> Config::numbers(const Names& names) {
    std::vector<double> result;
    const JsonValue* found = find(names);
    if (found == nullptr) return result;
    if (found->text() != nullptr) return numbers_of(*found->text(), names);
    if (found->array() == nullptr) refuse_kind(names, "a list of numbers");
    for (const JsonValue& item : *found->array()) {
        const bool* flag = item.boolean();
        if (item.number() == nullptr && flag == nullptr) refuse_kind(names, "a list of numbers");
        result.push_back(flag == nullptr ? checked(item, names) : (*flag ? 1 : 0));
    }
    return result;
}

std::vector<double> Config::numbers_of(std::string_view text, const Names& names) const {
    std::vector<double> result;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view word = text.substr(0, comma);
        double value = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
        if (read.ec != std::errc() || read.ptr != word.data() + word.size())
            refuse_kind(names, "a list of numbers");
        result.push_back(value);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return result;
}

std::vector<std::string> Config::texts(const Names& names) {
    std::vector<std::string> result;
    const JsonValue* found = find(names);
    if (found == nullptr) return result;
    if (found->array() == nullptr) refuse_kind(names, "a list of names");
    for (const JsonValue& item : *found->array()) {
        if (item.text() == nullptr) refuse_kind(names, "a list of names");
        result.push_back(*item.text());
    }
    return result;
}

double Config::required(const Names& names) {
    const auto value = number(names);
    if (value && *value > 0) return *value;
    std::string name(*names.begin());
    const std::vector<std::string_view> others(names.begin() + 1, names.end());
    if (!others.empty()) name += formatted(" (also tried {})", joined(others, ", "));
    if (std::ranges::find(missing_, name) == missing_.end()) missing_.push_back(std::move(name));
    return 1;
}

void Config::refuse_missing() const {
    if (missing_.empty()) return;
    const JsonValue* type = document_.root.find("model_type");
    const bool typed = type != nullptr && type->text() != nullptr;
    throw UserError(
        {.code = ErrorCode::unsupported_config,
         .message = formatted("{}these fields are missing: {}",
                              typed ? formatted("model_type '{}': ", *type->text())
                                    : "this is no model configuration that roofline knows; ",
                              joined(missing_, ", ")),
         .hint = "a model can be described by hand in a file of schema roofline/model/1: `catalog "
                 "FILE`",
         .where = {.file = document_.source.name}});
}

void Config::refuse(std::string_view name, std::string why) const {
    Location where{.file = document_.source.name};
    for (const JsonValue* section : sections_) {
        const JsonValue* found = member_of(*section, name);
        if (found == nullptr) continue;
        where = locate(document_.source, found->offset);
        where.snippet.clear();
        break;
    }
    throw UserError({.code = ErrorCode::unsupported_config,
                     .message = formatted("'{}' {}", name, why),
                     .where = std::move(where)});
}

void Config::remark(std::string text) {
    if (std::ranges::find(remarks_, text) == remarks_.end()) remarks_.push_back(std::move(text));
}

std::string Config::family() { return text({"model_type"}).value_or(""); }

}  // namespace roofline::hugging_face
