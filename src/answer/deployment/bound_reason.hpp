// Why a phase is bound as it is.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include <string>

namespace roofline {

/// In numbers: the phase's intensity against the ridge, or what holds it up in spite of it.
std::string bound_reason(const Prepared& prepared, const PhaseOutcome& phase);

}  // namespace roofline
