// What day it is.
#pragma once

#include "roofline/units/date.hpp"

namespace roofline::cli {

/// The day of SOURCE_DATE_EPOCH where it is set, so that a run can be repeated, else the day it is.
/// Throws UserError (E120) when it holds no number of seconds.
Day today();

/// Whether SOURCE_DATE_EPOCH names the day.
bool day_is_given();

}  // namespace roofline::cli
