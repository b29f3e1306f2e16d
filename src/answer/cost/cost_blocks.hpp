// How a bill is shown: its verdict, its tables and what it rests on.
#pragma once

#include "roofline/cost/bill.hpp"

#include "report/report.hpp"

namespace roofline {

/// "$0.000565 per 1K output tokens, $0.565 per 1M", and `more`.
std::string verdict_of(const Bill& bill, std::string_view more);

/// The bill as one line, for those who read CSV and where there is nothing to split.
Table bill_table(const Bill& bill, const Deployment& deployment, Audience audience);

/// What of the bill prompts and answers take, by device time.
Table split_table(const Bill& bill);

/// What else the bill says: per request and month, the parts of owned devices, idle time, energy.
std::vector<std::string> bill_lines(const Bill& bill);

/// How much of a paid hour is used, on whose word; `of_what` says what the share is of.
AssumptionNote utilization_note(const Bill& bill, const Deployment& deployment,
                                std::string_view of_what);

}  // namespace roofline
