// Deployments side by side: what changed, why, and where they break even.
#pragma once

#include "roofline/evaluate/comparison.hpp"

#include "report/report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// How much worse than the baseline's a figure may be.
struct FailOver {
    double share = 0;
    std::string text;  ///< "5%", as it was written
};

/// The first of `all` is the baseline of every comparison.
Report compare_report(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                      Basis basis, const std::optional<FailOver>& limit);

}  // namespace roofline
