// One target of a budget: its deployment by the table of fields, its basis and its limits.
#pragma once

#include "roofline/gate/budget.hpp"

#include "input/json.hpp"
namespace roofline::gate {

/// Refuses keys that no target has. `defaults` may be nullptr.
void check_defaults(const JsonDocument& document, const JsonValue& defaults);

/// `folder` is where relative paths begin. Throws as read_budget() does.
Target read_target(const JsonDocument& document, const JsonValue& value, const JsonValue* defaults,
                   const std::string& folder, Catalog& catalog);

/// The path that `value` names, seen from `folder`. Throws E352 for "-", a NUL, and what may never
/// end: pipes, devices, sockets.
std::string path_in(const JsonDocument& document, const JsonValue& value, std::string_view label,
                    const std::string& folder);

}  // namespace roofline::gate
