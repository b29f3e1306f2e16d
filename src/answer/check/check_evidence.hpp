// What a budget's owner should be warned of, whatever its verdict.
#pragma once

#include "roofline/gate/checks.hpp"

#include "error/warning.hpp"

#include <span>
#include <vector>

namespace roofline {

/// W143 for a limit that no turn for the worse can break: where more is better, a max alone or a
/// regression of 100 %.
std::vector<WarningNote> idle_limits(const Target& target);

/// W144 for each fault that skipped limits hide; `checks` are those of one target.
std::vector<WarningNote> hidden_faults(std::span<const Check> checks);

/// W203 and W307 of a judged target: what may not start, and requests that wait.
std::vector<WarningNote> doubts_of(const std::string& target, const Evaluation& evaluation);

}  // namespace roofline
