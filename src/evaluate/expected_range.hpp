// What an expected figure may turn out to be: eight in ten measured runs lie within.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"

#include <optional>

namespace roofline {

/// In base units; holds what is expected, and nothing that is better than the bound.
struct FigureRange {
    double low = 0;
    double high = 0;
};

/// nullopt for a figure that the deployment does not answer, and for one without a band: memory,
/// devices, and what arrives at a rate.
std::optional<FigureRange> expected_range(const Evaluation& evaluation, const Metric& metric);

}  // namespace roofline
