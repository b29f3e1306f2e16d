// A matrix product: C = A B, each of the three moved once.
#pragma once

#include "roofline/catalog/serving_engine.hpp"

#include "expected_kernel.hpp"
#include "kernel_time.hpp"

#include <optional>

namespace roofline {

struct GemmRequest {
    GemmShape shape;
    double batch = 1;
    Precision precision = Precision::bf16;  ///< of arithmetic and operands

    Bytes a() const;
    Bytes b() const;
    Bytes c() const;
    /// Of an element of the result: 8-bit and narrower operands are multiplied into 16-bit results.
    double result_bytes() const;
};

/// 2 M N K FLOPs for each product.
Kernel gemm_kernel(const GemmRequest& request);

/// Of the library of `engine`, or of any that was measured.
Expectation expected_gemm(const GemmRequest& request, const PlacedKernel& placed,
                          const Device& device, std::optional<ServingEngine> engine);

}  // namespace roofline
