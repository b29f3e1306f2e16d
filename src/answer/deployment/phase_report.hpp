// The phases of a step as data, whatever they are called and however many there are.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "report/report.hpp"

#include <optional>

namespace roofline {

/// One member for each phase of the workload, null where the deployment does not fit; and null for
/// what the model has none of.
void add_phases(const Prepared& prepared, const StepOutcome& step, Record& result);

/// One line per phase for those who read CSV, with the same columns whether it fits or not.
Table phase_lines(const Prepared& prepared, const MemoryLedger& memory, const StepOutcome& step);

/// What a phase is expected to take, where that is known.
std::optional<Seconds> expected_of(const StepOutcome& step, const PhaseOutcome& phase);

}  // namespace roofline
