// What a measured kernel takes: fixed times, and a smooth maximum of its two roofs.
#pragma once

#include "roofline/catalog/kernel_efficiency.hpp"

#include <optional>

namespace roofline {

/// C (m x n) = A (m x k) · B (k x n): activations, weights.
struct GemmShape {
    double m = 0;
    double n = 0;
    double k = 0;
};

/// Fixed time, narrowing of activations, and the root of the sum of squares of computing and moving
/// (form and figures: the source of the efficiencies). nullopt when the device lacks the
/// arithmetic.
std::optional<Seconds> gemm_time(const GemmShape& shape, const GemmEfficiency& efficiency,
                                 const Device& device);

}  // namespace roofline
