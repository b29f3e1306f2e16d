// Scales for one deployment, and whether they help.
#pragma once

#include "roofline/measure/calibrate.hpp"

#include "report/report.hpp"

#include <string>

namespace roofline {

Report calibration_report(const std::string& file, const CalibrationResult& result);

}  // namespace roofline
