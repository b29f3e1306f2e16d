// The figures of `estimate`: times and rates with their bands and bounds, in every form.
#pragma once

#include "roofline/evaluate/served.hpp"

#include "report/report.hpp"

namespace roofline {

Table figure_table(const PreparedService& service, const ServedOutcome& outcome);

/// One line for those who read CSV.
Table figure_line(const PreparedService& service, const ServedOutcome& outcome);

void add_figures(const PreparedService& service, const ServedOutcome& outcome, Record& result);

}  // namespace roofline
