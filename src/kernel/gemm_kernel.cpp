#include "gemm_kernel.hpp"

#include "text/formatted.hpp"

namespace roofline {
namespace {

// The stored format whose measured products are like those in this arithmetic.
std::optional<WeightFormat> measured_format(Precision precision) {
    if (precision == Precision::bf16 || precision == Precision::fp16) return WeightFormat::bf16;
    if (precision == Precision::fp8) return WeightFormat::fp8;
    return precision == Precision::fp4 ? std::optional(WeightFormat::nvfp4) : std::nullopt;
}

}  // namespace

double GemmRequest::result_bytes() const { return std::max(2.0, row_of(precision).bytes); }

Bytes GemmRequest::a() const { return batch * shape.m * shape.k * row_of(precision).bytes * byte; }
Bytes GemmRequest::b() const { return batch * shape.k * shape.n * row_of(precision).bytes * byte; }
Bytes GemmRequest::c() const { return batch * shape.m * shape.n * result_bytes() * byte; }

Kernel gemm_kernel(const GemmRequest& request) {
    const auto& [m, n, k] = request.shape;
    return {.name = formatted("gemm {}x{}x{}", m, n, k),
            .flops = 2 * request.batch * m * n * k * flop,
            .bytes = request.a() + request.b() + request.c()};
}

Expectation expected_gemm(const GemmRequest& request, const PlacedKernel& placed,
                          const Device& device, std::optional<ServingEngine> engine) {
    if (request.batch != 1 || placed.ridge.memory->level != MemoryLevel::dram)
        return {.kernel = {}, .why_not = "measured were single products from DRAM"};
    const auto format = measured_format(request.precision);
    const GemmEfficiency* e = format ? gemm_efficiencies().of(device, *format, engine) : nullptr;
    if (e == nullptr)
        return {.kernel = {},
                .why_not = formatted("no {} products were measured", name_of(request.precision))};
    return expected_of(placed, gemm_time(request.shape, *e, device),
                       {.time = {},
                        .evidence = e->evidence,
                        .what = formatted("{} products", name_of(e->format)),
                        .losses = e->roof,
                        .kernel = {},
                        .source = gemm_efficiencies().source});
}

}  // namespace roofline
