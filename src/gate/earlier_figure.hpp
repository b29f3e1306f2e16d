// The figure of an earlier run that a limit on regression is measured from.
#pragma once

#include "roofline/gate/baseline.hpp"

#include <string>
#include <variant>

namespace roofline::gate {

/// What the baseline holds of `metric`, in base units, or why there is nothing to compare with.
/// `baseline` is nullptr where none was named.
std::variant<double, std::string> earlier_figure(const Baseline* baseline, const Target& target,
                                                 const Metric& metric,
                                                 const Evaluation& evaluation);

/// What a target's load was when a baseline was written, and is now: "concurrency 32 then, 64 now";
/// empty for the same.
std::string load_changes(const BaselineLoad& then, const BaselineLoad& now);

}  // namespace roofline::gate
