// Calendar days, as budgets write them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace roofline {

using Day = std::chrono::sys_days;

/// A day that exists, "2027-01-31". Throws UserError (E120) with how to write it; `name` is what
/// was read: "skip_until".
Day parse_day(std::string_view text, std::string_view name);

/// "2027-01-31".
std::string day_text(Day day);

}  // namespace roofline
