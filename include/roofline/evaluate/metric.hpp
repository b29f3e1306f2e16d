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

std::span<const Metric> metrics();
const Metric* find_metric(std::string_view id);

}  // namespace roofline
