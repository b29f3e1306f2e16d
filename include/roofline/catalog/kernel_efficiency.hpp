// What measured kernels lose against the data sheet, by device, number format and library.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/serving_engine.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// Of matrix products: shares of peak and bandwidth, and times that do not overlap with them.
struct GemmEfficiency {
    std::string device;                   ///< catalog id; empty: for a device not measured
    std::optional<ServingEngine> engine;  ///< whose library
    std::string version;
    WeightFormat format = WeightFormat::bf16;
    double compute_share = 1;
    double memory_share = 1;
    Seconds fixed;
    Seconds per_1k_depth;      ///< of the inner dimension, beside the multiplications
    Seconds per_1m_quantized;  ///< for a million activations that are narrowed before
    double median_error = 0;   ///< on shapes that the fit had not seen; 0: unknown
    double points = 0;
};

struct KernelEfficiencies {
    std::vector<GemmEfficiency> gemm;
    std::string source;

    /// What is known of this device and format: with `engine`'s library, else any, else the usual
    /// of measured devices; nullptr when the format was never measured.
    const GemmEfficiency* gemm_of(const Device& device, WeightFormat format,
                                  std::optional<ServingEngine> engine) const;
};

/// From the file inside the binary.
const KernelEfficiencies& kernel_efficiencies();

}  // namespace roofline
