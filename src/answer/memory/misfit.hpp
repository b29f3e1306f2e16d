// The answer when a deployment does not fit: by how much, and what would.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"

#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline {

/// `fits` false, phases null, and `levers`, which make it fit.
Report misfit_report(std::string command, const Prepared& prepared, const Evaluation& evaluation,
                     const std::vector<Lever>& levers);

/// "fits with --hw h100-sxmx4 --tp 4 or --hw b300-sxm"; empty without levers.
std::string fitting_words(const std::vector<Lever>& levers);

}  // namespace roofline
