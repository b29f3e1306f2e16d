// One limit of a target, read strictly.
#pragma once

#include "roofline/gate/budget.hpp"

#include "input/json.hpp"
namespace roofline::gate {

/// `member` is the metric's id and what it may be; `target` names the target in messages. Throws
/// E351 and E352.
Limit read_limit(const JsonDocument& document, const JsonMember& member, std::string_view target);

/// A share written as "90%". Throws E352 for anything else.
double read_share(const JsonDocument& document, const JsonValue& value, std::string_view label);

}  // namespace roofline::gate
