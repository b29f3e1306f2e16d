// Deployments on the roofline of their devices.
#pragma once

#include "roofline/measure/calibrate.hpp"

#include "report/report.hpp"
#include "roofline_chart.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

struct RooflinePicture {
    Basis basis = Basis::expected;
    PrecisionsOf more_roofs;           ///< of each device, besides those that points stand under
    std::optional<std::string> title;  ///< in place of its own
};

Report roofline_report(const std::vector<PlottedDeployment>& all, const RooflinePicture& picture,
                       const Calibration& calibration);

}  // namespace roofline
