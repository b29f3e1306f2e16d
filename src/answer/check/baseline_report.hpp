// That a baseline was written.
#pragma once

#include "roofline/gate/baseline.hpp"

#include "report/report.hpp"

namespace roofline {

Report baseline_report(const Budget& budget, const Baseline& baseline);

}  // namespace roofline
