// A budget's values, and messages that name their line and column.
#pragma once

#include "error/dialect.hpp"
#include "input/json.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::gate {

Location place_of(const JsonDocument& document, std::size_t offset);

/// Throws it for the value there.
[[noreturn]] void refuse(const JsonDocument& document, std::size_t offset, Fault fault);
[[noreturn]] void refuse(const JsonDocument& document, std::size_t offset, ErrorCode code,
                         std::string message, std::string hint = {});
/// E351: "unknown limit 'tpott' in target 'a'. Did you mean tpot? Known: …". `what` is "limit".
[[noreturn]] void refuse_key(const JsonDocument& document, const JsonMember& member,
                             std::string_view what, std::string_view where,
                             const std::vector<std::string_view>& known);

/// E352 unless the value has the wanted kind; `label` names it: "max of limit 'tpot'".
const std::string& text_of(const JsonDocument& document, const JsonValue& value,
                           std::string_view label);
double number_of(const JsonDocument& document, const JsonValue& value, std::string_view label);
std::vector<std::string> texts_of(const JsonDocument& document, const JsonValue& value,
                                  std::string_view label);
const JsonValue::Object& object_of(const JsonDocument& document, const JsonValue& value,
                                   std::string_view label);

/// What `read` returns; a fault of it that has no place gets the value's, and exit status 3 or 4.
template <typename Read>
auto placed(const JsonDocument& document, const JsonValue& value, Read read) {
    try {
        return read();
    } catch (const UserError& error) {
        Fault fault = error.fault();
        if (!fault.where.file.empty()) throw;
        if (exit_status(fault.code) == Exit::usage) fault.code = ErrorCode::bad_budget_value;
        refuse(document, value.offset, in_dialect(std::move(fault), Dialect::keys));
    }
}

/// The row of a table of keys with this text, or nullptr.
template <typename Table>
auto find_key(const Table& keys, std::string_view text) {
    const auto found =
        std::ranges::find_if(keys, [&](const auto& key) { return key.text == text; });
    return found == keys.end() ? nullptr : &*found;
}

template <typename Table>
void append_names(const Table& keys, std::vector<std::string_view>& names) {
    for (const auto& key : keys) names.push_back(key.text);
}

}  // namespace roofline::gate
