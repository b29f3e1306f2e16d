// The one table of figures that limits, objectives, columns and comparisons speak of.
#pragma once

#include "roofline/evaluate/figures.hpp"
#include "roofline/units/dimension.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace roofline {

enum class Better { lower, higher };

/// `get` gives base units, or nothing when the deployment does not answer it.
struct Metric {
    std::string_view id;
    std::string_view key;  ///< in JSON: the id and its unit
    std::string_view help;
    Dimension dimension;
    Better better;
    std::optional<double> (*get)(const Figures&);
};

inline constexpr std::size_t metric_count = 11;
std::span<const Metric, metric_count> metrics();
const Metric* find_metric(std::string_view id);

/// The metric of that id. `label` is what names it: "--sort". Throws E106 with the nearest ids.
const Metric& metric_named(std::string_view id, std::string_view label);

/// A figure as people write it: with its unit ("25ms", "700W", "70GB") where the id has none, a
/// bare number for counts, tokens per second and money. In base units. Throws UserError.
double parse_figure(const Metric& metric, std::string_view text, std::string_view label);

}  // namespace roofline
