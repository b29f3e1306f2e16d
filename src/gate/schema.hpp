// What one writes a budget with: its JSON Schema, and a first budget to start from.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// JSON Schema of a budget, from the table of deployment fields and the table of metrics.
std::string budget_schema();

/// A commented budget of one target whose limits leave 10 % to what `evaluation` answers. `model`
/// and `hardware` are as the user wrote them. The deployment must stand.
std::string budget_starter(const Evaluation& evaluation, std::string_view model,
                           std::string_view hardware);

}  // namespace roofline
