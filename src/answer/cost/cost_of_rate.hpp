// The cost of tokens at a rate that is known.
#pragma once

#include "cost_break_even.hpp"
#include "report/report.hpp"

namespace roofline {

/// Of hardware with a price; the device only where one was named.
Report cost_of_rate(const Deployment& hardware, const Bill& bill, const BreakEvens& evens,
                    Day today);

}  // namespace roofline
