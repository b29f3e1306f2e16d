// What check knows of a target before it judges: its figures, and what they rest on.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/gate/checks.hpp"
#include "roofline/measure/calibrate.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

namespace roofline::cli {

/// A target's figures, or why there are none.
struct Answered {
    const Target* target = nullptr;
    std::optional<Evaluation> evaluation = {};
    Fault fault = {};
    Calibration calibration = {};
};

/// Does not throw for what is wrong with the target: that is its answer.
Answered answer_target(const Target& target, const Session& session);

/// Names the price and the calibration that the figures rest on; main names the catalog files.
void name_evidence(const Answered& answered, Report& report);

/// W143 for a limit that no turn for the worse can break: where more is better, a max alone or a
/// regression of 100 %.
void warn_of_idle_limits(const Target& target, Report& report);

/// W144 for each fault that skipped limits hide; `checks` are those of one target.
void warn_of_hidden_faults(std::span<const Check> checks, Report& report);

}  // namespace roofline::cli
