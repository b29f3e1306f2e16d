#include "kernel/gemm_kernel.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace gemm_kernel_test {

using namespace roofline;

namespace {

PlacedKernel placed(const GemmRequest& request, const Device& device,
                    MemoryLevel level = MemoryLevel::dram) {
    return {gemm_kernel(request), *ridge_of(device, Precision::bf16, level)};
}

Expectation expected(const GemmRequest& request, const Device& device,
                     std::optional<ServingEngine> engine = {}) {
    return expected_gemm(request, placed(request, device), device, engine);
}

}  // namespace

TEST_CASE("3 products of 10 x 20 x 30: 36,000 FLOP, 1800 B of A, 3600 of B, 1200 of C") {
    const GemmRequest request{.shape = {.m = 10, .n = 20, .k = 30}, .batch = 3};
    CHECK(request.a() == 1800 * byte);
    CHECK(request.b() == 3600 * byte);
    CHECK(request.c() == 1200 * byte);
    const Kernel kernel = gemm_kernel(request);
    CHECK(kernel.name == "gemm 10x20x30");
    CHECK(kernel.flops == 36000 * flop);
    CHECK(kernel.bytes == 6600 * byte);
}

TEST_CASE("narrow operands are multiplied into 16-bit results, wide ones into their own") {
    const GemmShape shape{.m = 10, .n = 20, .k = 30};
    const GemmRequest fp8{.shape = shape, .precision = Precision::fp8};
    CHECK(fp8.a() == 300 * byte);
    CHECK(fp8.b() == 600 * byte);
    CHECK(fp8.c() == 400 * byte);
    const GemmRequest fp4{.shape = shape, .precision = Precision::fp4};
    CHECK(fp4.a() == 150 * byte);
    CHECK(fp4.c() == 400 * byte);
    const GemmRequest fp32{.shape = shape, .precision = Precision::fp32};
    CHECK(fp32.c() == 800 * byte);
}

TEST_CASE("a product is expected from measured ones in its arithmetic, fp16 from bf16") {
    Catalog catalog;
    const auto h100 = catalog.device("h100");
    const GemmRequest request{.shape = {.m = 4096, .n = 4096, .k = 4096}};
    const auto bf16 = expected(request, *h100, ServingEngine::sglang).kernel;
    REQUIRE(bf16);
    CHECK(bf16->what == "bf16 products");
    CHECK(bf16->evidence.device == "h100-sxm");
    CHECK(bf16->evidence.engine == ServingEngine::sglang);
    CHECK(bf16->kernel.empty());
    CHECK(bf16->source == gemm_efficiencies().source);
    CHECK(bf16->source.starts_with("ai-dynamo/aiconfigurator"));
    const auto losses = std::get<RoofShares>(bf16->losses);
    CHECK(losses.compute > 0.5);
    CHECK(losses.compute < 1);
    // 137.4 GFLOP at 989.4 TFLOP/s are 139 us.
    CHECK(bf16->time > 139 * microsecond);
    CHECK(bf16->time < 278 * microsecond);
    GemmRequest narrow = request;
    narrow.precision = Precision::fp16;
    CHECK(expected(narrow, *h100).kernel->what == "bf16 products");
    narrow.precision = Precision::fp8;
    CHECK(expected(narrow, *h100).kernel->what == "fp8 products");
    narrow.precision = Precision::fp4;
    CHECK(expected(narrow, *catalog.device("b200")).kernel->what == "nvfp4 products");
}

TEST_CASE(
    "what was not measured says so: batches, on-chip memory, other arithmetic, no such units") {
    Catalog catalog;
    const auto h100 = catalog.device("h100");
    GemmRequest request{.shape = {.m = 64, .n = 64, .k = 64}, .batch = 2};
    CHECK(expected(request, *h100).why_not == "measured were single products from DRAM");
    request.batch = 1;
    const Expectation on_chip =
        expected_gemm(request, placed(request, *h100, MemoryLevel::l2), *h100, {});
    CHECK(on_chip.why_not == "measured were single products from DRAM");
    CHECK_FALSE(on_chip.kernel);
    CHECK(expected(request, *h100).why_not.empty());
    request.precision = Precision::int8;
    CHECK(expected(request, *h100).why_not == "no int8 products were measured");
    request.precision = Precision::fp4;
    CHECK(expected(request, *h100).why_not == "the device lacks the arithmetic");
}

}  // namespace gemm_kernel_test
