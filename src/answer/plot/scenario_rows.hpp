// Scenarios with ranges as rows of figures.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "ask/field.hpp"
#include "ask/figure_rows.hpp"

#include <string>
#include <vector>

namespace roofline {

/// Every point of inline scenarios with ranges: their inputs, and figures on `basis`. Throws
/// UserError as space_of() does, and E102 for more points than a picture shows.
FigureRows scenario_rows(const std::vector<std::string>& scenarios, const Knowledge& knowledge,
                         Basis basis, const Asking& asking);

}  // namespace roofline
