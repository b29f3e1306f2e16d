#include "kernel/experts_kernel.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace experts_kernel_test {

using namespace roofline;

namespace {

// 8 of 256 experts of 1000 x 500 each.
ExpertsRequest of_tokens(double tokens, Routing routing = Routing::random) {
    return {.shape = {.tokens = tokens, .hidden = 1000, .width = 500, .active = 8, .experts = 256},
            .routing = routing};
}

Expectation expected(const ExpertsRequest& request, std::string_view name,
                     std::optional<ServingEngine> engine = {}) {
    Catalog catalog;
    const auto device = catalog.device(name);
    const PlacedKernel placed{experts_kernel(request),
                              *ridge_of(*device, Precision::bf16, MemoryLevel::dram)};
    return expected_experts(request, placed, *device, engine);
}

}  // namespace

TEST_CASE("8 of 256 experts each: one token touches 8, 64 rows at random 222.4, evenly all 256") {
    CHECK_THAT(of_tokens(1).touched(), WithinRel(8, 1e-9));
    // 256 (1 - (31/32)^64)
    CHECK_THAT(of_tokens(64).touched(), WithinRel(222.444, 1e-5));
    CHECK(of_tokens(10, Routing::balanced).touched() == 80);
    CHECK(of_tokens(64, Routing::balanced).touched() == 256);
    CHECK(name_of(Routing::random) == "random");
    CHECK(name_of(Routing::balanced) == "balanced");
}

TEST_CASE("10 tokens on 80 experts: 80 rows of 3 x 1000 x 500, 240 MB of weights, 40 kB of rows") {
    ExpertsRequest request = of_tokens(10, Routing::balanced);
    const Kernel kernel = experts_kernel(request);
    CHECK(kernel.name == "experts");
    CHECK(kernel.flops.in(flop) == 2 * 80 * 1.5e6);
    CHECK(kernel.bytes.in(byte) == 80 * 1.5e6 * 2 + 2 * 10 * 1000 * 2);
    request.format = WeightFormat::fp8;
    CHECK(experts_kernel(request).bytes.in(byte) == 80 * 1.5e6 + 40000);
}

TEST_CASE("on 32 ranks 10 tokens are 2.5 rows each, and no more than those rows are moved") {
    ExpertsRequest request = of_tokens(10, Routing::balanced);
    request.shape.expert_parallel = 32;
    request.shape.tensor_parallel = 2;
    const Kernel kernel = experts_kernel(request);
    CHECK(kernel.flops.in(flop) == 2 * 2.5 * 0.75e6);
    CHECK(kernel.bytes.in(byte) == 2.5 * 0.75e6 * 2 + 2 * 2.5 * 1000 * 2);
}

TEST_CASE("experts that do not fit together are refused") {
    check(of_tokens(1));
    ExpertsRequest request = of_tokens(1);
    request.shape.active = 300;
    const Fault more = fault_of([&] { check(request); });
    CHECK(more.code == ErrorCode::conflicting_arguments);
    CHECK(more.message == "`active 300` is more than `experts 256`");
    CHECK(more.hint == "`active` counts the experts of one token");
    request = of_tokens(1);
    request.shape.expert_parallel = 6;
    const Fault ranks = fault_of([&] { check(request); });
    CHECK(ranks.code == ErrorCode::does_not_divide);
    CHECK(ranks.message == "`ep 6` does not divide `experts 256`");
    CHECK(ranks.hint == "every rank holds as many experts");
    request = of_tokens(1);
    request.shape.tensor_parallel = 3;
    const Fault parts = fault_of([&] { check(request); });
    CHECK(parts.code == ErrorCode::does_not_divide);
    CHECK(parts.message == "`tp 3` does not divide `intermediate 500`");
    CHECK(parts.hint == "every rank holds as much of each expert");
}

TEST_CASE("a format multiplies in its own arithmetic where the device has it, else in 16 bits") {
    Catalog catalog;
    const auto h100 = catalog.device("h100");
    const auto b200 = catalog.device("b200");
    CHECK(arithmetic_for(WeightFormat::fp8, *h100) == Precision::fp8);
    CHECK(arithmetic_for(WeightFormat::fp8, *catalog.device("a100-sxm-80gb")) == Precision::bf16);
    CHECK(arithmetic_for(WeightFormat::nvfp4, *h100) == Precision::bf16);
    CHECK(arithmetic_for(WeightFormat::nvfp4, *b200) == Precision::fp4);
    // FP4 units take it beside FP8 activations.
    CHECK(arithmetic_for(WeightFormat::mxfp4, *b200) == Precision::fp8);
    CHECK(arithmetic_for(WeightFormat::mxfp4, *h100) == Precision::bf16);
    CHECK(arithmetic_for(WeightFormat::int4, *h100) == Precision::bf16);
    CHECK(arithmetic_for(WeightFormat::bf16, *catalog.device("v100-sxm2")) == Precision::fp16);
}

TEST_CASE("experts are expected from measured layers in their format, by the kernel's name") {
    ExpertsRequest request = of_tokens(64);
    request.format = WeightFormat::fp8_block;
    const Expectation known = expected(request, "h100", ServingEngine::sglang);
    REQUIRE(known.kernel);
    CHECK(known.kernel->what == "fp8_block expert layers");
    CHECK(known.kernel->evidence.device == "h100-sxm");
    CHECK(known.kernel->evidence.engine == ServingEngine::sglang);
    CHECK(known.kernel->kernel.starts_with("sglang"));
    CHECK(known.kernel->source == experts_efficiencies().source);
    CHECK(std::get<RoofShares>(known.kernel->losses).memory > 0);
    // 222.4 experts of 1.5 MB at 3.35 TB/s.
    CHECK(known.kernel->time > 99.6 * microsecond);
    request.format = WeightFormat::int3;
    const Expectation unknown = expected(request, "h100");
    CHECK_FALSE(unknown.kernel);
    CHECK(unknown.why_not == "experts in int3 were not measured on h100-sxm");
}

}  // namespace experts_kernel_test
