// How the figures of `analyze` and `cost` come about, with the numbers put in.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// The ridge of the arithmetic that most of the phase's FLOPs run in.
Ridge main_ridge(const Prepared& prepared, const PhaseOutcome& phase);

std::vector<Derivation> derivations_of(const Prepared& prepared, const Outcome& outcome);

}  // namespace roofline
