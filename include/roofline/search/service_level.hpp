// What a service promises: a limit on a figure, in the direction in which the figure is better.
#pragma once

#include "roofline/search/point.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace roofline {

struct ServiceLevel {
    const Metric* metric = nullptr;
    double limit = 0;  ///< base units: the most where less is better, else the least

    /// How far a figure is past the limit: 0.1 for 10 %, 0 or below when it is kept; nullopt where
    /// the figure is not known.
    std::optional<double> excess(const PointAnswer& answer) const;
};

/// "ttft=500ms,tpot=25ms,tokens_per_s=2000". Throws UserError: E106 for an unknown figure, E102 for
/// what is no level, E105 for a figure that is named twice or a set that nothing can keep.
std::vector<ServiceLevel> parse_service_levels(std::string_view text, std::string_view label);

}  // namespace roofline
