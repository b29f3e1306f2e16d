// What a served deployment delivers, and where the time of its tokens goes.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"
#include "roofline/measure/calibrate.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// Of one that stands.
Report estimate_report(const PreparedService& service, const Evaluation& evaluation,
                       const std::vector<HelpfulLever>& levers, const Calibration& calibration);

/// Of one that cannot keep up with what arrives: the rate that it could, and the replicas it takes.
Report overload_report(const PreparedService& service, const OpenLoop& open);

}  // namespace roofline
