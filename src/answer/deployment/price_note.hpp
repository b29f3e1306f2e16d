// How old the prices of an answer are, and whether that is too old.
#pragma once

#include "roofline/workload/deployment.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

#include <chrono>

namespace roofline::cli {

/// The day of SOURCE_DATE_EPOCH where it is set, so that a run can be repeated, else the day it is.
/// Throws UserError (E120) when it holds no number of seconds.
std::chrono::sys_days today();

/// " (63 days old)", or nothing for a price without a date.
std::string age_words(std::string_view date);

/// Names the price of a complete deployment, its age and source; nothing without one. `whose` is
/// what the answer calls it.
void add_price_note(std::string_view whose, const Deployment& deployment, Report& report);

/// W130 for a price that is older than --max-price-age. Without the flag age judges nothing.
void judge_price_age(const Arguments& arguments, const Deployment& deployment, Report& report);

}  // namespace roofline::cli
