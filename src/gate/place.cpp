#include "place.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <utility>

namespace roofline::gate {

Location place_of(const JsonDocument& document, std::size_t offset) {
    Location where = locate(document.source, offset);
    where.snippet.clear();  // line and column say it shorter
    return where;
}

void refuse(const JsonDocument& document, std::size_t offset, Fault fault) {
    fault.where = place_of(document, offset);
    throw UserError(std::move(fault));
}

void refuse(const JsonDocument& document, std::size_t offset, ErrorCode code, std::string message,
            std::string hint) {
    refuse(document, offset,
           {.code = code, .message = std::move(message), .hint = std::move(hint)});
}
void refuse_key(const JsonDocument& document, const JsonMember& member, std::string_view what,
                std::string_view where, const std::vector<std::string_view>& known) {
    std::string meant = did_you_mean(suggest(member.key, known));
    if (!meant.empty()) meant = " D" + meant.substr(1);
    refuse(document, member.key_offset, ErrorCode::unknown_budget_key,
           formatted("unknown {} '{}' in {}.{} Known: {}", what, member.key, where, meant,
                     joined(known, " ")));
}

namespace {

[[noreturn]] void wrong_kind(const JsonDocument& document, const JsonValue& value,
                             std::string_view label, std::string_view wanted) {
    refuse(document, value.offset, ErrorCode::bad_budget_value,
           formatted("{} must be {}, found {}", label, wanted, kind_name(value)));
}

}  // namespace

const std::string& text_of(const JsonDocument& document, const JsonValue& value,
                           std::string_view label) {
    if (value.text() == nullptr) wrong_kind(document, value, label, "a string");
    if (!value.text()->empty()) return *value.text();
    refuse(document, value.offset, ErrorCode::bad_budget_value,
           formatted("{} is an empty string", label));
}

std::vector<std::string> texts_of(const JsonDocument& document, const JsonValue& value,
                                  std::string_view label) {
    if (value.array() == nullptr || value.array()->empty())
        refuse(document, value.offset, ErrorCode::bad_budget_value,
               formatted("{} is {}. Write a list of names", label,
                         value.array() == nullptr ? kind_name(value) : "empty"));
    std::vector<std::string> texts;
    for (const JsonValue& item : *value.array())
        texts.push_back(text_of(document, item, formatted("a name in {}", label)));
    return texts;
}

double number_of(const JsonDocument& document, const JsonValue& value, std::string_view label) {
    if (value.number() == nullptr) wrong_kind(document, value, label, "a number");
    if (*value.number() > 0) return *value.number();
    refuse(document, value.offset, ErrorCode::bad_budget_value,
           formatted("{} must be above 0, found {}", label, *value.number()));
}

const JsonValue::Object& object_of(const JsonDocument& document, const JsonValue& value,
                                   std::string_view label) {
    if (value.object() == nullptr) wrong_kind(document, value, label, "an object");
    return *value.object();
}

}  // namespace roofline::gate
