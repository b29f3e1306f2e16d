// The rows of a validation, as `validate` writes them.
#pragma once

#include "roofline/measure/validation.hpp"

#include "report/report.hpp"

namespace roofline {

/// All rows, predicted and measured beside each other; for machines.
Table row_table(const Validation& validation);

/// One row with its errors, or why it was skipped.
Value row_value(const ValidatedRow& validated);

}  // namespace roofline
