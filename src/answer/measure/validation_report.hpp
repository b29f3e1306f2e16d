// How far predictions are off measured serving runs.
#pragma once

#include "measure/error_groups.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline {

/// `errors` are those of errors_by(validation, by).
Report validation_report(const std::string& file, const Validation& validation,
                         const ErrorsBy& errors, const std::vector<const RowGroup*>& by);

}  // namespace roofline
