// --calibration: what a profile changes, and that the answer says so.
#pragma once

#include "roofline/measure/calibrate.hpp"
#include "roofline/workload/deployment.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

namespace roofline::cli {

/// The profile that --calibration names, or scales of 1.
Calibration calibration_from(const Arguments& arguments);

/// Adds the assumption alone. Nothing without a profile.
void assume_calibration(const Calibration& calibration, Report& report);

/// Adds the assumption, and a warning (W303) when the profile is of another deployment. Nothing
/// without a profile.
void name_calibration(const Calibration& calibration, const Deployment& deployment, Report& report);

}  // namespace roofline::cli
