// How far predictions are off: relative errors and their summary.
#pragma once

#include <cstddef>
#include <vector>

namespace roofline {

/// Of e = predicted / measured - 1: all fractions; NaN when there is no error to look at.
struct ErrorSummary {
    std::size_t n = 0;
    double median = 0;  ///< of |e|
    double mean = 0;    ///< of |e|
    double p90 = 0;     ///< of |e|
    double bias = 0;    ///< median of e
};

/// The `share` quantile of `values`, by linear interpolation between order statistics.
double quantile(std::vector<double> values, double share);

ErrorSummary summary_of(const std::vector<double>& errors);

}  // namespace roofline
