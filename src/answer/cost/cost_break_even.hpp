// Where a bill breaks even: against an API, and against other devices.
#pragma once

#include "roofline/cost/bill.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

#include <functional>

namespace roofline::cli {

/// The bill of a deployment on the basis of the answer; throws UserError where it has none.
using BillOf = std::function<Bill(const Deployment&)>;

/// Adds `break_even` to the result, and lines to the text, for --compare-api and --compare-hw.
/// `asked` is the deployment as it was asked for; without `bill_of` other devices are refused.
void add_break_even(const Arguments& arguments, const Bill& bill, const Deployment& asked,
                    const BillOf& bill_of, Session& session, Report& report);

}  // namespace roofline::cli
