#include "roofline/engine/kernel_time.hpp"

#include <cmath>

namespace roofline {

namespace {

constexpr double block_scale_bytes = 4.0 / 128;  // one fp32 for 128 activations of a row

}  // namespace

std::optional<Seconds> gemm_time(const GemmShape& shape, const GemmEfficiency& e,
                                 const Device& device) {
    const WeightFormatRow& format = row_of(e.format);
    const Peak* peak = format.multiplies_as ? device.peak(*format.multiplies_as) : nullptr;
    if (peak == nullptr) return std::nullopt;
    const auto& [m, n, k] = shape;
    constexpr double result_bytes = 2;
    const double weight_bytes = bytes_per_weight(e.format);
    const double activation_bytes =
        e.format == WeightFormat::fp8_block ? 1 + block_scale_bytes : weight_bytes;
    const Seconds compute =
        2 * m * n * k * flop / (peak->rate.value * e.compute_share) + k / 1e3 * e.per_1k_depth;
    const Bytes moved =
        (n * k * weight_bytes + m * k * activation_bytes + result_bytes * m * n) * byte;
    const Seconds memory = moved / (device.bandwidth() * e.memory_share);
    const Seconds both = std::hypot(compute.in(second), memory.in(second)) * second;
    return e.fixed + m * k / 1e6 * e.per_1m_quantized + both;
}

}  // namespace roofline
