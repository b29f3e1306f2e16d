#include "json_object.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace roofline {
namespace {

[[noreturn]] void fail_at(const JsonDocument& document, std::size_t offset, std::string pointer,
                          std::string message, std::string hint) {
    Location where = locate(document.source, offset);
    where.pointer = std::move(pointer);
    where.snippet.clear();  // the pointer says it shorter
    throw UserError({.code = ErrorCode::bad_record,
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .where = std::move(where)});
}

}  // namespace

JsonObject::JsonObject(const JsonDocument& document, const JsonValue& value, std::string pointer)
    : document_(&document), value_(&value), pointer_(std::move(pointer)) {
    if (value.object() == nullptr)
        fail_at(document, value.offset, pointer_,
                formatted("expected an object, found {}", kind_name(value)), {});
    read_.resize(value.object()->size());
}

// A file may have as many members as it likes: each is found in few steps.
const JsonMember* JsonObject::member(std::string_view key) const {
    const JsonValue::Object& members = *value_->object();
    constexpr std::size_t many = 32;
    if (members.size() < many) {
        const auto found = std::ranges::find(members, key, &JsonMember::key);
        looked_at_ += members.size();
        return found == members.end() ? nullptr : &*found;
    }
    const auto key_at = [&](std::size_t place) {
        ++looked_at_;
        return std::string_view(members[place].key);
    };
    if (sorted_.empty()) {
        sorted_.resize(members.size());
        std::iota(sorted_.begin(), sorted_.end(), std::size_t{0});
        std::ranges::sort(sorted_, {}, key_at);
    }
    const auto found = std::ranges::lower_bound(sorted_, key, {}, key_at);
    return found == sorted_.end() || key_at(*found) != key ? nullptr : &members[*found];
}

const JsonValue* JsonObject::find(std::string_view key) {
    const JsonMember* found = member(key);
    if (found == nullptr) {
        if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
        return nullptr;
    }
    const auto place = static_cast<std::size_t>(found - value_->object()->data());
    if (!read_[place]) asked_.emplace_back(key);
    read_[place] = true;
    return found->value.is_null() ? nullptr : &found->value;
}

const JsonValue& JsonObject::require(std::string_view key) {
    const JsonValue* found = find(key);
    if (found != nullptr) return *found;
    const auto present = keys();
    fail(key, formatted("'{}' is missing", key), did_you_mean(suggest(key, present)));
}

std::optional<std::string> JsonObject::optional_text(std::string_view key) {
    const JsonValue* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (found->text() == nullptr) wrong_kind(key, "a string");
    return *found->text();
}

std::optional<double> JsonObject::optional_positive(std::string_view key) {
    const JsonValue* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (found->number() == nullptr) wrong_kind(key, "a number");
    if (*found->number() > 0) return *found->number();
    fail(key, formatted("'{}' must be above 0, found {}", key, *found->number()));
}

std::optional<double> JsonObject::optional_share(std::string_view key) {
    const JsonValue* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (found->number() == nullptr) wrong_kind(key, "a number");
    if (*found->number() >= 0 && *found->number() <= 1) return *found->number();
    fail(key, formatted("'{}' must be from 0 to 1, found {}", key, *found->number()));
}

std::optional<double> JsonObject::optional_whole(std::string_view key) {
    const auto number = optional_positive(key);
    if (!number || *number == std::floor(*number)) return number;
    fail(key, formatted("'{}' must be a whole number from 1 up, found {}", key, *number));
}

std::optional<bool> JsonObject::optional_boolean(std::string_view key) {
    const JsonValue* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (found->boolean() == nullptr) wrong_kind(key, "true or false");
    return *found->boolean();
}

std::optional<JsonObject> JsonObject::optional_object(std::string_view key) {
    const JsonValue* found = find(key);
    if (found == nullptr) return std::nullopt;
    return JsonObject(*document_, *found, child_pointer(key));
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
    std::vector<std::string> result;
    const JsonValue* found = find(key);
    if (found == nullptr) return result;
    if (found->array() == nullptr) wrong_kind(key, "an array of strings");
    for (const JsonValue& item : *found->array()) {
        if (item.text() == nullptr) wrong_kind(key, "an array of strings");
        result.push_back(*item.text());
    }
    return result;
}

std::vector<JsonObject> JsonObject::objects(std::string_view key) {
    std::vector<JsonObject> result;
    const JsonValue* found = find(key);
    if (found == nullptr) return result;
    if (found->array() == nullptr) wrong_kind(key, "an array of objects");
    for (std::size_t i = 0; i < found->array()->size(); ++i)
        result.emplace_back(*document_, (*found->array())[i],
                            formatted("{}/{}", child_pointer(key), i));
    return result;
}

std::string JsonObject::text(std::string_view key) {
    require(key);
    return *optional_text(key);
}

double JsonObject::positive(std::string_view key) {
    require(key);
    return *optional_positive(key);
}

double JsonObject::whole(std::string_view key) {
    require(key);
    return *optional_whole(key);
}

std::size_t JsonObject::choice(std::string_view key, std::span<const std::string_view> names) {
    const std::string value = text(key);
    const auto found = std::ranges::find(names, value);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    fail(key, formatted("unknown {} '{}'", key, value), choice_hint(value, names));
}

JsonObject JsonObject::object(std::string_view key) {
    return {*document_, require(key), child_pointer(key)};
}

std::vector<std::string_view> JsonObject::keys() const {
    std::vector<std::string_view> result;
    for (const JsonMember& member : *value_->object()) result.emplace_back(member.key);
    return result;
}

void JsonObject::done() const {
    const JsonValue::Object& members = *value_->object();
    for (std::size_t place = 0; place < members.size(); ++place) {
        if (read_[place]) continue;
        const JsonMember& member = members[place];
        const std::vector<std::string_view> known(asked_.begin(), asked_.end());
        fail_at(*document_, member.key_offset, child_pointer(member.key),
                formatted("unknown key '{}'", member.key),
                did_you_mean(suggest(member.key, known)));
    }
}

void JsonObject::fail(std::string_view key, std::string message, std::string hint) const {
    const JsonMember* found = member(key);
    fail_at(*document_, found == nullptr ? value_->offset : found->value.offset,
            found == nullptr ? pointer_ : child_pointer(key), std::move(message), std::move(hint));
}

void JsonObject::wrong_kind(std::string_view key, std::string_view wanted) const {
    fail(key, formatted("'{}' must be {}, found {}", key, wanted, kind_name(*value_->find(key))));
}

}  // namespace roofline
