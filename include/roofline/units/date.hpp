// Calendar days, as budgets write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace roofline {

using Day = std::chrono::sys_days;

/// The first day of "2026-11-09", "2026-11" or "2026"; nullopt for what is no date.
std::optional<Day> first_day(std::string_view date);

/// A day that exists, "2027-01-31". Throws UserError (E120) with how to write it; `name` is what
/// was read: "skip_until".
Day parse_day(std::string_view text, std::string_view name);

/// "2027-01-31".
std::string day_text(Day day);

}  // namespace roofline
