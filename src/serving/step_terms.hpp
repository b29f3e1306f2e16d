// Which part of a step's time an operator is counted in.
#pragma once

#include "roofline/serving/step_time.hpp"
#include "roofline/workload/operator.hpp"

namespace roofline {

StepTerm product_term_of(OperatorKind kind);

/// Of a decode step: attention, and what keeps a state, beside the products.
StepTerm decode_term_of(OperatorKind kind);

}  // namespace roofline
