#include "config.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::hugging_face {
namespace {

constexpr std::array<std::string_view, 4> text_sections{"text_config", "llm_config",
                                                        "language_config", "thinker_config"};

// A key speaks of a shape when it holds one of these words …
constexpr std::string_view shape_words =
    "num_ _dim _size _rank heads layer expert window pattern ratio lora kernel state freq group";

// … unless it is about positions, vision, training, sampling or how a library runs it.
constexpr std::string_view harmless_words =
    "rope rotary vision visual siglip mm_ image audio video token_id _eps epsilon norm_ _coef init "
    "dropout label beam ngram return_ output_ sequences max_length max_sequence pretraining "
    "topk_group expert_group n_group ep_size router nextn mtp logits chunk_size transformers "
    "time_step calibrat embedding_size max_window_layers cross_attention_hidden_size tokenizer "
    "vocab_size_per_layer_input";

bool holds_any(std::string_view key, std::string_view words) {
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        if (key.find(word) != std::string_view::npos) return true;
        words.remove_prefix(std::min(word.size() + 1, words.size()));
    }
    return false;
}

bool speaks_of_shape(std::string_view key) {
    return holds_any(key, shape_words) && !holds_any(key, harmless_words);
}

bool has_shape_value(const JsonValue& value) {
    const double* number = value.number();
    const bool list = value.array() != nullptr && !value.array()->empty();
    return list || (number != nullptr && *number != 0);
}

}  // namespace

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

const JsonValue* Config::find(Names names) {
    for (const std::string_view name : names)
        if (!asked(name)) asked_.push_back(name);
    for (const JsonValue* section : sections_) {
        for (const std::string_view name : names) {
            const JsonValue* found = section->find(name);
            if (found != nullptr && !found->is_null()) return found;
        }
    }
    return nullptr;
}

std::string_view Config::name_present(Names names) const {
    for (const JsonValue* section : sections_)
        for (const std::string_view name : names) {
            const JsonValue* found = section->find(name);
            if (found != nullptr && !found->is_null()) return name;
        }
    return *names.begin();
}

void Config::refuse_kind(Names names, std::string_view wanted) const {
    const std::string_view name = name_present(names);
    const JsonValue* found = nullptr;
    for (const JsonValue* section : sections_)
        if (found == nullptr || found->is_null()) found = section->find(name);
    const double* number = found->number();
    refuse(name, formatted("must be {}, found {}", wanted,
                           number == nullptr ? std::string(kind_name(*found))
                                             : formatted("{}", *number)));
}

std::optional<double> Config::number(Names names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    constexpr double largest = 1e12;  // beyond it no product of two stays exact
    if (found->number() == nullptr || *found->number() < 0 || *found->number() > largest)
        refuse_kind(names, "a number from 0 to 1e12");
    return *found->number();
}

std::optional<std::string> Config::text(Names names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    if (found->text() == nullptr) refuse_kind(names, "a string");
    return *found->text();
}

std::optional<bool> Config::flag(Names names) {
    const JsonValue* found = find(names);
    if (found == nullptr) return std::nullopt;
    if (found->boolean() == nullptr) refuse_kind(names, "true or false");
    return *found->boolean();
}

std::vector<double> Config::numbers(Names names) {
    std::vector<double> result;
    const JsonValue* found = find(names);
    if (found == nullptr) return result;
    if (found->array() == nullptr) refuse_kind(names, "a list of numbers");
    for (const JsonValue& item : *found->array()) {
        const bool* flag = item.boolean();
        if (item.number() == nullptr && flag == nullptr) refuse_kind(names, "a list of numbers");
        result.push_back(flag == nullptr ? *item.number() : (*flag ? 1 : 0));
    }
    return result;
}

std::vector<std::string> Config::texts(Names names) {
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

double Config::required(Names names) {
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
        const JsonValue* found = section->find(name);
        if (found == nullptr) continue;
        where = locate(document_.source, found->offset);
        where.snippet.clear();
        break;
    }
    throw UserError({.code = ErrorCode::unsupported_config,
                     .message = formatted("'{}' {}", name, why),
                     .where = std::move(where)});
}

std::string Config::family() { return text({"model_type"}).value_or(""); }

std::vector<std::string> Config::unread_keys() const {
    std::vector<std::string> result;
    for (const JsonValue* section : sections_)
        for (const JsonMember& member : *section->object())
            if (!asked(member.key) && speaks_of_shape(member.key) && has_shape_value(member.value))
                result.push_back(member.key);
    return result;
}

}  // namespace roofline::hugging_face
