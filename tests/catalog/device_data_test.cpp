// Devices of the catalog against arithmetic by hand: what their files say must come out so.
#include "roofline/catalog/catalog.hpp"
#include "roofline/engine/roof.hpp"

#include "catch.hpp"

namespace device_data_test {

using namespace roofline;

namespace {

constexpr double mib = 1048576;
constexpr double gib = 1024 * mib;

std::shared_ptr<const Device> named(std::string_view name) {
    static Catalog catalog;
    return catalog.device(name);
}

// FLOP/byte from device memory, in hundredths as the data has them.
double ridge(std::string_view name, Precision precision) {
    const auto device = named(name);
    return ridge_of(*device, precision, MemoryLevel::dram)->intensity().in(flop / byte);
}

double memory(std::string_view name) { return named(name)->capacity().in(byte); }

double acc16(std::string_view name) {
    return named(name)->fp16_rate_acc16()->in(teraflop / second);
}

}  // namespace

TEST_CASE("rtx-4070: 46 SM x 2.475 GHz x 512 = 58.29 TFLOP/s, over 504.2 GB/s 115.6 FLOP/byte") {
    CHECK_THAT(ridge("4070", Precision::bf16), WithinRel(58.29e12 / 504.2e9, 1e-9));
    CHECK_THAT(ridge("4070", Precision::bf16), WithinAbs(115.6, 0.05));
}

TEST_CASE("rtx-4070: 12,288 MiB less 420 less 30.72 are 11,837.28 MiB") {
    CHECK_THAT(memory("rtx-4070"), WithinAbs(11837.28 * mib, 1));
}

TEST_CASE("rtx-5080: fp4 84 SM x 2.617 GHz x 4096 = 900.42 TFLOP/s, over 960 GB/s 937.9") {
    CHECK_THAT(ridge("rtx-5080", Precision::fp4), WithinAbs(937.9, 0.05));
    CHECK_THAT(memory("rtx-5080"), WithinAbs((16384 - 420 - 40.96) * mib, 1));
}

TEST_CASE("rtx-3060: 28 SM x 1.777 GHz x 512 = 25.48 TFLOP/s, over 360 GB/s 70.8; 11.56 GiB") {
    CHECK_THAT(ridge("3060", Precision::fp16), WithinAbs(70.8, 0.05));
    CHECK_THAT(memory("3060") / gib, WithinAbs(11.56, 0.005));
}

TEST_CASE("rtx-a6000: 84 SM x 1.8 GHz x 1024 = 154.83 TFLOP/s, over 768 GB/s 201.6; 47.47 GiB") {
    CHECK_THAT(ridge("a6000", Precision::bf16), WithinAbs(201.6, 0.05));
    CHECK_THAT(memory("a6000") / gib, WithinAbs(47.47, 0.005));
}

TEST_CASE("a40: ECC of GDDR keeps 1/16: 46,080 MiB less 420 less 115.2 are 45,544.8 MiB") {
    CHECK_THAT(ridge("a40", Precision::bf16), WithinAbs(149.67e3 / 695.8, 0.05));
    CHECK_THAT(memory("a40"), WithinAbs(45544.8 * mib, 1));
}

TEST_CASE("gtx-1080-ti: fp32 28 SM x 1.582 GHz x 256 = 11.34 TFLOP/s, over 484.4 GB/s 23.4") {
    CHECK_THAT(ridge("1080-ti", Precision::fp32), WithinAbs(23.4, 0.05));
    CHECK(named("1080-ti")->peak(Precision::fp16) == nullptr);
    CHECK_FALSE(named("1080-ti")->fp16_rate_acc16());
}

TEST_CASE("tesla-p100-pcie: fp16 56 SM x 1.329 GHz x 256 = 19.05 TFLOP/s, over 732.2 GB/s 26.0") {
    CHECK_THAT(ridge("p100", Precision::fp16), WithinAbs(26.0, 0.05));
    CHECK(named("p100")->peak(Precision::fp16)->unit == ComputeUnit::vector);
}

TEST_CASE("rx-9070-xt: 64 CU x 2.97 GHz x 1024 = 194.64 TFLOP/s, over 644.6 GB/s 302.0") {
    CHECK_THAT(ridge("rx-9070-xt", Precision::fp16), WithinAbs(302.0, 0.05));
    CHECK(memory("rx-9070-xt") == 16 * gib - 16 * mib);
}

TEST_CASE("rx-6800-xt: no matrix units; packed fp16 72 CU x 2.25 GHz x 256 = 41.47 TFLOP/s, 81.0") {
    CHECK_THAT(ridge("rx-6800-xt", Precision::fp16), WithinAbs(81.0, 0.05));
    CHECK(acc16("rx-6800-xt") == 41.47);
}

TEST_CASE("mi100: bf16 is half of fp16, 92.29 of 184.57 TFLOP/s; 32 GiB less 16 MiB") {
    CHECK_THAT(ridge("mi100", Precision::fp16) / ridge("mi100", Precision::bf16),
               WithinRel(2.0, 1e-3));
    CHECK(memory("mi100") == 32 * gib - 16 * mib);
}

TEST_CASE("arc-a770-16gb: 32 Xe cores x 2.4 GHz x 2048 = 157.29 TFLOP/s, over 560 GB/s 280.9") {
    CHECK_THAT(ridge("a770", Precision::bf16), WithinAbs(280.9, 0.05));
    CHECK_THAT(memory("a770"), WithinAbs(0.95 * 16 * gib, 1));
}

TEST_CASE("what programs get, as logs have it: 23.56, 23.54, 31.37 GiB of GeForce cards") {
    CHECK_THAT(memory("rtx-3090") / gib, WithinAbs(23.56, 0.005));
    CHECK_THAT(memory("rtx-4090") / gib, WithinAbs(23.54, 0.005));
    CHECK_THAT(memory("rtx-5090") / gib, WithinAbs(31.37, 0.005));
    CHECK_THAT(memory("v100-sxm2") / gib, WithinAbs(31.74, 0.005));
}

TEST_CASE("AMD cards: 192 and 288 GiB less 16 MiB, 287.98 GiB") {
    CHECK(memory("mi300x") == 192 * gib - 16 * mib);
    CHECK_THAT(memory("mi355x") / gib, WithinAbs(287.98, 0.005));
    CHECK(named("mi355x")->dram().reported->from.confidence == Confidence::rule);
}

TEST_CASE("GeForce adds fp16 up in fp16 twice as fast, other cards as fast as in fp32") {
    CHECK(acc16("rtx-4090") == 330.3);
    CHECK(acc16("rtx-3090") == 142.33);
    CHECK(acc16("4070") == 116.58);
    CHECK(acc16("a6000") == 154.83);
    CHECK(acc16("h100") == 989.4);
    CHECK(named("rtx-4090")->peak(Precision::fp16)->rate.value.in(teraflop / second) == 165.2);
}

TEST_CASE("Metal gives 2/3 of 16 GiB, 11,453,246,122 bytes, and 3/4 of 36 and of 64") {
    CHECK(memory("apple-m1") == 11453246122.0);
    CHECK(memory("apple-m3-pro") == 27 * gib);
    CHECK(memory("apple-m4-max:64gb") == 48 * gib);
    CHECK(named("apple-m4-max")->dram().reported->value.in(byte) == 128 * gib);
}

TEST_CASE("of shared memory 1.5 GiB of a Jetson and 4 GiB of a host are the system's") {
    CHECK(named("orin")->dram().reserved->value.in(byte) == 1.5 * gib);
    CHECK(memory("orin") == 65893564416.0);
    CHECK(named("epyc-9654")->dram().reserved->value.in(byte) == 4 * gib);
}

TEST_CASE("every device says what programs get, and GPUs their units and clock") {
    Catalog catalog;
    for (const auto& device : catalog.all_devices()) {
        INFO(device->id);
        const Memory& dram = device->dram();
        CHECK((device->kind == DeviceKind::cpu || dram.reported || dram.usable));
        const bool graphics = device->kind == DeviceKind::gpu || device->kind == DeviceKind::edge ||
                              device->kind == DeviceKind::apu;
        const bool unknown = device->id == "b300-sxm";  // of which nobody says it
        CHECK((!graphics || unknown || (device->compute_units && device->boost_clock)));
    }
}

}  // namespace device_data_test
