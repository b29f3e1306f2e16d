// The layers of a model in words and numbers, one row per shape.
#pragma once

#include "roofline/catalog/model.hpp"

#include "report/report.hpp"

namespace roofline {

Table layer_table(const Model& model, const WeightPlan& plan, Precision cache);
List layer_list(const Model& model, const WeightPlan& plan, Precision cache);

}  // namespace roofline
