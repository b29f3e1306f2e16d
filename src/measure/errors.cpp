#include "roofline/measure/errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const auto above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], place - std::floor(place));
}

ErrorSummary summary_of(const std::vector<double>& errors) {
    std::vector<double> sizes;
    double sum = 0;
    for (const double error : errors) {
        sizes.push_back(std::abs(error));
        sum += sizes.back();
    }
    return {.n = errors.size(),
            .median = quantile(sizes, 0.5),
            .mean = sum / static_cast<double>(errors.size()),
            .p90 = quantile(sizes, 0.9),
            .bias = quantile(errors, 0.5)};
}

}  // namespace roofline
