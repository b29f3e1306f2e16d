#include "workload/arithmetic.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace arithmetic_test {

using namespace roofline;

namespace {

struct Rate {
    Precision precision;
    double tflops;
};

Device with(const std::vector<Rate>& rates) {
    Device device;
    device.id = "chip";
    for (const Rate& rate : rates)
        device.peaks.push_back({.unit = ComputeUnit::matrix,
                                .precision = rate.precision,
                                .rate = {.value = rate.tflops * 1e12 * flop / second, .from = {}}});
    return device;
}

// As H100: 8 bit twice as fast as 16 bit, no 4 bit.
Device hopper() {
    return with({{Precision::fp32, 67},
                 {Precision::fp16, 990},
                 {Precision::bf16, 990},
                 {Precision::fp8, 1980},
                 {Precision::int8, 1980}});
}

}  // namespace

TEST_CASE("arithmetic holds weights of no more bits, and 8 bits those of its own kind") {
    CHECK(holds(Precision::bf16, WeightFormat::bf16));
    CHECK(holds(Precision::bf16, WeightFormat::int8));
    CHECK_FALSE(holds(Precision::bf16, WeightFormat::fp32));
    CHECK_FALSE(holds(Precision::fp8, WeightFormat::bf16));
    CHECK(holds(Precision::int8, WeightFormat::int8));
    CHECK_FALSE(holds(Precision::fp8, WeightFormat::int8));
    CHECK_FALSE(holds(Precision::int8, WeightFormat::fp8));
    CHECK(holds(Precision::fp8, WeightFormat::int4));
    CHECK_FALSE(holds(Precision::int8, WeightFormat::mxfp4));
}

TEST_CASE("weights go into what they are made for, where the device has it and is no slower") {
    const auto used = [](const Device& device, const Storage& storage) {
        return compute_precision(device, storage, {});
    };
    CHECK(used(hopper(), {.format = WeightFormat::fp8}) == Precision::fp8);
    CHECK(used(hopper(), {.format = WeightFormat::fp8, .weight_only = true}) == Precision::bf16);
    CHECK(used(hopper(), {.format = WeightFormat::int4}) == Precision::bf16);
    CHECK(used(hopper(), {.format = WeightFormat::mxfp4}) == Precision::bf16);
    CHECK(used(with({{Precision::bf16, 100}, {Precision::fp8, 99}}),
               {.format = WeightFormat::fp8}) == Precision::bf16);
    CHECK(used(with({{Precision::bf16, 100}, {Precision::fp8, 100}}),
               {.format = WeightFormat::fp8}) == Precision::fp8);
    CHECK(used(with({{Precision::int8, 10}}), {.format = WeightFormat::int8}) == Precision::int8);
    CHECK(used(with({{Precision::fp16, 65}, {Precision::bf16, 20}}),
               {.format = WeightFormat::bf16}) == Precision::fp16);
}

TEST_CASE("32-bit weights stay in 32 bits though 16 are faster") {
    CHECK(compute_precision(hopper(), {.format = WeightFormat::fp32}, {}) == Precision::fp32);
}

TEST_CASE("what is asked for is used where it holds the weights, and only there") {
    const auto used = [](WeightFormat format, Precision asked) {
        return compute_precision(hopper(), {.format = format}, asked);
    };
    CHECK(used(WeightFormat::fp8, Precision::fp16) == Precision::fp16);
    CHECK(used(WeightFormat::int4, Precision::fp8) == Precision::fp8);
    CHECK(used(WeightFormat::bf16, Precision::fp8) == Precision::bf16);
}

TEST_CASE("wide is bf16 before fp16 at one rate, the faster of the two, else fp32") {
    CHECK(wide_precision(hopper()) == Precision::bf16);
    CHECK(wide_precision(with({{Precision::fp16, 65}, {Precision::bf16, 20}})) == Precision::fp16);
    CHECK(wide_precision(with({{Precision::fp32, 8}})) == Precision::fp32);
    CHECK(wide_precision(with({{Precision::fp32, 8}, {Precision::fp16, 4}})) == Precision::fp32);
}

TEST_CASE("arithmetic that a device lacks is refused with what it has") {
    const Fault fault =
        fault_of([] { refuse_missing_arithmetic(hopper(), Precision::fp4, "; or b200"); });
    CHECK(fault.code == ErrorCode::unsupported_precision);
    CHECK(fault.message == "chip has no fp4 arithmetic");
    CHECK(fault.hint == "it has fp32 bf16 fp16 fp8 int8; or b200");
    CHECK(arithmetic_of(hopper(), "FP8") == Precision::fp8);
    CHECK(fault_of([] { arithmetic_of(hopper(), "fp64"); }).hint ==
          "it has fp32 bf16 fp16 fp8 int8");
    CHECK(fault_of([] { arithmetic_of(hopper(), "fp3"); }).message ==
          "`dtype`: 'fp3' is no precision");
}

TEST_CASE("caches are stored in fp8 and not in tf32 or fp64") {
    CHECK_NOTHROW(refuse_unstored(Precision::fp8, "`kv-dtype`"));
    const Fault fault = fault_of([] { refuse_unstored(Precision::fp64, "`kv-dtype`"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "`kv-dtype`: no cache is stored in fp64");
    CHECK(fault.hint.starts_with("it is fp32, bf16, fp16, fp8, "));
}

}  // namespace arithmetic_test
