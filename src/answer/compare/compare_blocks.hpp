// Comparisons as data, and how they are shown.
#pragma once

#include "roofline/evaluate/comparison.hpp"

#include "ask/scenario.hpp"
#include "report/report.hpp"

namespace roofline::cli {

/// A scenario and its answer.
struct Compared {
    Scenario scenario;
    Evaluation evaluation;
    std::optional<double> memory_batch;   ///< from which on decoding leaves the memory roof
    std::optional<double> cache_context;  ///< from which on the cache outweighs the weights
};

/// One scenario against the baseline.
struct Comparison {
    const Compared* base = nullptr;
    const Compared* other = nullptr;
    std::vector<Delta> deltas;
    const Delta* main = nullptr;  ///< what attribution speaks of: money, else tokens per second
    std::vector<TimePart> parts;
    std::vector<Reversal> reversals;  ///< of `main`
    std::optional<double> price_ratio;
    std::optional<Measure> price;  ///< the same per device and hour, where the baseline has one
};

/// Adds scenarios, comparisons and their tables. Figures that are worse by more than `most_worse`
/// are marked.
void add_comparisons(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                     Basis basis, std::optional<double> most_worse, Report& report);

/// "+13.8 %".
std::string change_words(double change);

}  // namespace roofline::cli
