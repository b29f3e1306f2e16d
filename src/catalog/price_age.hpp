// How old a dated price is.
#pragma once

#include "roofline/units/date.hpp"

#include <optional>
#include <string_view>

namespace roofline {

/// Days from `date` ("2026-11-09", "2026-11", "2025") to `today`; of a date that is known by month
/// or year only, from its first day. nullopt without a date. Negative for one that is yet to come.
std::optional<double> age_in_days(std::string_view date, Day today);

}  // namespace roofline
