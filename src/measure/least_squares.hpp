// Robust least squares with bounds: Levenberg-Marquardt on log parameters, soft-L1 loss.
#pragma once

#include <functional>
#include <vector>

namespace roofline {

/// Residuals of all rows for these parameters, always the same number of them.
using Residuals = std::function<std::vector<double>(const std::vector<double>&)>;

struct Bounds {
    double lower;
    double upper;
};

/// Minimises sum rho((r/scale)^2) with rho(z) = 2(sqrt(1 + z) - 1), from `at`, all above 0.
std::vector<double> least_squares(const Residuals& residuals, std::vector<double> at,
                                  const std::vector<Bounds>& bounds, double scale);

}  // namespace roofline
