#include "target_reader.hpp"

#include "roofline/import/model_source.hpp"
#include "roofline/workload/fields.hpp"

#include "budget_keys.hpp"
#include "error/choice.hpp"
#include "limit_reader.hpp"
#include "place.hpp"
#include "text/formatted.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace roofline::gate {
namespace {

// A field has one key, which a dash or an underscore may join.
const JsonMember* find_member(const JsonValue* object, std::string_view flag) {
    if (object == nullptr) return nullptr;
    for (const JsonMember& member : *object->object())
        if (name_of_key(member.key) == flag) return &member;
    return nullptr;
}

std::vector<std::string> known_keys() {
    std::vector<std::string> known;
    for (const auto& key : target_keys) known.emplace_back(key.text);
    for (const Field& field : deployment_fields()) known.push_back(key_of(field.name));
    return known;
}

// The duplicates that JSON itself does not see.
void refuse_spelt_twice(const JsonDocument& document, const JsonValue& object) {
    for (const JsonMember& member : *object.object()) {
        const JsonMember* first = find_member(&object, name_of_key(member.key));
        if (first != &member)
            refuse(document, member.key_offset, ErrorCode::bad_budget_value,
                   formatted("'{}' and '{}' are the same key", first->key, member.key));
    }
}

void refuse_unknown(const JsonDocument& document, const JsonValue& object, std::string_view where) {
    for (const JsonMember& member : *object.object()) {
        const bool known = find_key(target_keys, member.key) != nullptr ||
                           find_field(name_of_key(member.key)) != nullptr;
        if (known) continue;
        const std::vector<std::string> names = known_keys();
        refuse_key(document, member, "key", where, {names.begin(), names.end()});
    }
    refuse_spelt_twice(document, object);
}

constexpr std::string_view limits_hint = R"(write "limits": { "tpot": { "max": "25ms" } })";

class TargetReader {
  public:
    TargetReader(const JsonDocument& document, const JsonValue& value, const JsonValue* defaults)
        : document_(document), value_(value), defaults_(defaults) {}

    Target read(const std::string& folder, Catalog& catalog) {
        object_of(document_, value_, "a target");
        const JsonValue* name = value_.find("name");
        if (name == nullptr) missing("a target needs a 'name'", R"(write "name": "chat-8b")");
        target_.name = text_of(document_, *name, "'name' of a target");
        target_.where = place_of(document_, name->offset);
        where_ = formatted("target '{}'", target_.name);
        refuse_unknown(document_, value_, where_);
        read_limits();
        read_own_keys(folder);
        for (const Field& field : deployment_fields()) read_field(field, folder, catalog);
        check_load();
        read_price(catalog);
        return std::move(target_);
    }

  private:
    [[noreturn]] void missing(std::string message, std::string hint = {}) const {
        refuse(document_, value_.offset, ErrorCode::bad_budget_value, std::move(message),
               std::move(hint));
    }

    // The target's own member before the defaults'.
    const JsonMember* member(std::string_view flag) const {
        const JsonMember* own = find_member(&value_, flag);
        return own != nullptr ? own : find_member(defaults_, flag);
    }

    std::string label(const JsonMember& of) const {
        return formatted("'{}' of {}", of.key, where_);
    }

    void read_limits() {
        const JsonValue* limits = value_.find("limits");
        if (limits == nullptr)
            refuse(document_, value_.offset, ErrorCode::nothing_judged,
                   formatted("{} has no 'limits': nothing would be judged", where_),
                   std::string(limits_hint));
        for (const JsonMember& limit :
             object_of(document_, *limits, formatted("'limits' of {}", where_)))
            target_.limits.push_back(read_limit(document_, limit, target_.name));
        if (target_.limits.empty())
            refuse(document_, limits->offset, ErrorCode::nothing_judged,
                   formatted("'limits' of {} is empty: nothing would be judged", where_),
                   std::string(limits_hint));
    }

    void read_own_keys(const std::string& folder) {
        if (const JsonMember* basis = member("basis")) {
            const std::string& text = text_of(document_, basis->value, label(*basis));
            target_.basis = static_cast<Basis>(placed(document_, basis->value, [&] {
                return choice(text, label(*basis), "basis", basis_names);
            }));
        }
        if (const JsonMember* file = member("calibration"))
            target_.calibration = path_in(document_, file->value, label(*file), folder);
        if (const JsonMember* share = member("warn-at"))
            target_.warn_at = read_share(document_, share->value, label(*share));
        if (const JsonMember* keys = member("accept-unread-keys"))
            target_.accepted_keys = texts_of(document_, keys->value, label(*keys));
    }

    // The text that parse_field() reads: numbers where a count is meant, strings elsewhere.
    std::string field_text(const Field& field, const JsonMember& given) const {
        const std::string name = label(given);
        if (field.kind == FieldKind::toggle) {
            const bool* on = given.value.boolean();
            if (on == nullptr)
                refuse(document_, given.value.offset, ErrorCode::bad_budget_value,
                       formatted("{} is {}. Write true or false", name, kind_name(given.value)));
            return *on ? "true" : "false";
        }
        // Shares are written as "40%", and lengths may be as "4k".
        const bool as_text = field.kind == FieldKind::share ||
                             (field.kind == FieldKind::length && given.value.text() != nullptr);
        if (takes_numbers(field.kind) && !as_text)
            return formatted("{}", number_of(document_, given.value, name));
        if (field.kind == FieldKind::share) read_share(document_, given.value, name);
        const std::string& text = text_of(document_, given.value, name);
        const bool bare = std::isalpha(static_cast<unsigned char>(text.back())) == 0;
        if (field.kind == FieldKind::length && bare)
            refuse(document_, given.value.offset, ErrorCode::bad_budget_value,
                   formatted("{} is a string. Write a number, or k: 4096 or \"4k\"", name));
        return text;
    }

    void read_field(const Field& field, const std::string& folder, Catalog& catalog) {
        const JsonMember* given = member(field.name);
        const bool needed = field.kind == FieldKind::model || field.kind == FieldKind::device;
        if (given == nullptr && needed)
            missing(formatted("'{}' of {} is missing", field.name, where_),
                    formatted(R"(write "{}": "{}")", field.name,
                              field.kind == FieldKind::model ? "llama-3.1-8b" : "h100-sxm"));
        if (given == nullptr) return;
        const std::string text = field_text(field, *given);
        const FieldValue value = placed(document_, given->value, [&] {
            return field.kind == FieldKind::model
                       ? model_of(*given, text, folder, catalog)
                       : parse_field(field, text, label(*given), catalog);
        });
        field.set(target_.deployment, value);
    }

    // Where the command was called does not matter: a file lies beside the budget. What is left out
    // of it must have been agreed to.
    FieldValue model_of(const JsonMember& given, const std::string& text, const std::string& folder,
                        Catalog& catalog) const {
        const bool of_a_file = names_model_file(text, catalog, folder);
        if (of_a_file) path_in(document_, given.value, label(given), folder);
        auto model = find_model(text, catalog, folder, target_.accepted_keys);
        if (!of_a_file && !target_.accepted_keys.empty())
            missing(formatted("'accept_unread_keys' of {}: {} is the catalog's, and has none",
                              where_, model->id),
                    "leave it out");
        const std::string unread = unread_words(*model, target_.accepted_keys);
        if (!unread.empty())
            refuse(document_, given.value.offset, ErrorCode::unsupported_config,
                   formatted("{} of {}: keys of its file are not understood, and would be left "
                             "out: {}",
                             text, where_, unread),
                   R"(name them in "accept_unread_keys": [...] where they do not matter)");
        return model;
    }

    void check_load() const {
        const auto conflict =
            load_conflict([&](std::string_view field) { return member(field) != nullptr; });
        if (conflict)
            refuse(document_, member(conflict->field)->key_offset,
                   in_dialect({.code = ErrorCode::bad_budget_value,
                               .message = conflict->message,
                               .hint = conflict->hint},
                              Dialect::keys));
    }

    void read_price(Catalog& catalog) {
        const JsonMember* price = member("purchase");
        if (price == nullptr) price = member("price");
        if (price == nullptr) return;
        placed(document_, price->value, [&] { resolve_price(target_.deployment, catalog); });
    }

    const JsonDocument& document_;
    const JsonValue& value_;
    const JsonValue* defaults_;
    Target target_;
    std::string where_;
};

}  // namespace

std::string path_in(const JsonDocument& document, const JsonValue& value, std::string_view label,
                    const std::string& folder) {
    const std::string& text = text_of(document, value, label);
    const auto refuse_path = [&](std::string message) {
        refuse(document, value.offset, ErrorCode::bad_budget_value, std::move(message),
               "name a file, relative to the budget");
    };
    if (text == "-") refuse_path(formatted("{} is '-': stdin is for the command line", label));
    if (text.find('\0') != std::string::npos)
        refuse_path(formatted("{} holds a NUL, which no path does", label));
    std::string path = (std::filesystem::path(folder) / text).string();
    const std::string_view kind = endless_kind(path);
    if (!kind.empty()) refuse_path(formatted("{} '{}' is {}", label, text, kind));
    return path;
}

void check_defaults(const JsonDocument& document, const JsonValue& defaults) {
    object_of(document, defaults, "'defaults'");
    for (const JsonMember& member : *defaults.object())
        if (member.key == "name" || member.key == "limits")
            refuse(document, member.key_offset, ErrorCode::unknown_budget_key,
                   formatted("'{}' belongs to a target, not to 'defaults'", member.key));
    // Also where every target says otherwise: nobody means it.
    for (const JsonMember& member : *defaults.object())
        if (member.value.is_null())
            refuse(document, member.value.offset, ErrorCode::bad_budget_value,
                   formatted("'{}' of 'defaults' is null. Leave it out", member.key));
    refuse_unknown(document, defaults, "'defaults'");
}

Target read_target(const JsonDocument& document, const JsonValue& value, const JsonValue* defaults,
                   const std::string& folder, Catalog& catalog) {
    return TargetReader(document, value, defaults).read(folder, catalog);
}

}  // namespace roofline::gate
