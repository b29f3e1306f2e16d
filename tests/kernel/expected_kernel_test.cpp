#include "kernel/expected_kernel.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace expected_kernel_test {

using namespace roofline;

namespace {

// 3.35 GB at 3.35 TB/s: 1 ms; the work takes no time beside that.
PlacedKernel of_a_millisecond() {
    static Catalog catalog;
    static const auto device = catalog.device("h100");
    return {{.name = "copy", .flops = 1 * flop, .bytes = 3.35 * gigabyte},
            *ridge_of(*device, Precision::bf16, MemoryLevel::dram)};
}

ExpectedKernel copies() {
    return {.time = {},
            .evidence = {.device = "h100-sxm", .median_error = 0.05},
            .what = "copies",
            .losses = LinkShare{0.5},
            .kernel = "memcpy",
            .source = "a book"};
}

}  // namespace

TEST_CASE("a time above the bound of 1 ms is expected, with what it rests on") {
    const Expectation expected = expected_of(of_a_millisecond(), 2.5 * millisecond, copies());
    REQUIRE(expected.kernel);
    CHECK(expected.kernel->time == 2.5 * millisecond);
    CHECK(expected.kernel->evidence.device == "h100-sxm");
    CHECK(expected.kernel->what == "copies");
    CHECK(std::get<LinkShare>(expected.kernel->losses).share == 0.5);
    CHECK(expected.kernel->kernel == "memcpy");
    CHECK(expected.kernel->source == "a book");
    CHECK(expected.why_not.empty());
}

TEST_CASE("a time below the bound is the bound") {
    const Expectation expected = expected_of(of_a_millisecond(), 0.1 * millisecond, copies());
    CHECK_THAT(expected.kernel->time.in(millisecond), WithinRel(1, 1e-12));
}

TEST_CASE("without a time the device lacks the arithmetic") {
    const Expectation expected = expected_of(of_a_millisecond(), std::nullopt, copies());
    CHECK_FALSE(expected.kernel);
    CHECK(expected.why_not == "the device lacks the arithmetic");
}

}  // namespace expected_kernel_test
