// What a calibration changes, and that an answer says so.
#pragma once

#include "roofline/measure/calibrate.hpp"
#include "roofline/workload/deployment.hpp"

#include "report/report.hpp"

#include <optional>

namespace roofline {

/// nullopt without a profile.
std::optional<AssumptionNote> calibration_note(const Calibration& calibration);

/// W303 where the profile is of another deployment. nullopt without a profile, and where several
/// models or devices are asked about.
std::optional<WarningNote> calibration_warning(const Calibration& calibration,
                                               const Deployment& deployment);

/// Adds both to a report.
void name_calibration(const Calibration& calibration, const Deployment& deployment, Report& report);

}  // namespace roofline
