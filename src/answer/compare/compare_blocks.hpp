// Comparisons as data, and how they are shown.
#pragma once

#include "roofline/evaluate/comparison.hpp"

#include "report/report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// Adds scenarios, comparisons and their tables. Figures that are worse by more than `most_worse`
/// are marked.
void add_comparisons(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                     Basis basis, std::optional<double> most_worse, Report& report);

}  // namespace roofline
