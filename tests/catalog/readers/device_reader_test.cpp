#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace device_reader_test {

using namespace roofline;

namespace {

constexpr std::string_view box = R"({
  "schema": "roofline/device/1", "id": "box", "name": "The Box", "aliases": ["b"],
  "vendor": "Acme", "kind": "apu", "market": "workstation", "architecture": "cube",
  "sources": {"s": "a sheet"},
  "compute_unit": "CU",
  "compute_units": {"value": 10, "source": "s", "confidence": "memory"},
  "boost_clock_mhz": {"value": 2000, "source": "s", "confidence": "memory"},
  "sparse_multiplier": {"value": 2, "source": "s", "confidence": "memory"},
  "peaks": {
    "matrix": {"bf16_tflop_per_s": {"value": 100, "source": "s", "confidence": "primary"},
               "fp64_tflop_per_s": {"value": 5, "source": "s", "confidence": "memory"}},
    "vector": {"fp32_tflop_per_s": {"value": 10, "source": "s", "confidence": "memory"}}},
  "memory": {
    "dram": {"technology": "HBM",
      "capacity_gb": {"value": 64, "source": "s", "confidence": "memory"},
      "reported_bytes": {"value": 63000000000, "source": "s", "confidence": "memory"},
      "bandwidth_gb_per_s": {"value": 1000, "source": "s", "confidence": "memory"},
      "nominal_bandwidth_gb_per_s": {"value": 1100, "source": "s", "confidence": "memory"}},
    "l2": {"capacity_mib": {"value": 4, "source": "s", "confidence": "memory"},
           "bandwidth_gb_per_s": {"value": 5000, "source": "s", "confidence": "memory"}},
    "l1": {"capacity_kib_per_unit": {"value": 64, "source": "s", "confidence": "memory"},
           "bytes_per_clock_per_unit": {"value": 128, "source": "s", "confidence": "memory"}}},
  "scale_up": {"name": "Wire", "topology": "point_to_point",
    "gb_per_s_per_direction": {"value": 300, "source": "s", "confidence": "memory"},
    "domain_devices": {"value": 4, "source": "s", "confidence": "memory"}},
  "pcie": {"name": "PCIe 5",
    "gb_per_s_per_direction": {"value": 64, "source": "s", "confidence": "memory"}},
  "nic_gbit_per_s": {"value": 400, "source": "s", "confidence": "memory"},
  "node": {"name": "Rack", "devices": 8},
  "power_w": {"value": 500, "source": "s", "confidence": "memory"},
  "lacks": ["fp4"], "claims": [{"text": "4 PF", "meaning": "sparse"}], "notes": ["a note"]
})";

// The box, with `to` in the place of `from`.
JsonDocument changed(std::string_view from = "", std::string_view to = "") {
    std::string text(box);
    if (!from.empty()) {
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
    return parse_json({.name = "d.json", .text = text}, JsonDialect::strict);
}

Device read(std::string_view from = "", std::string_view to = "") {
    return read_device(changed(from, to));
}

Fault fault_after(std::string_view from, std::string_view to) {
    return fault_of([&] { read(from, to); });
}

}  // namespace

TEST_CASE("who a device is, and what else is said of it") {
    const Device device = read();
    CHECK(device.id == "box");
    CHECK(device.name == "The Box");
    CHECK(device.aliases == std::vector<std::string>{"b"});
    CHECK(device.vendor == "Acme");
    CHECK(device.kind == DeviceKind::apu);
    CHECK(device.market == Market::workstation);
    CHECK(device.architecture == "cube");
    CHECK(device.chip.empty());
    CHECK_FALSE(device.year);
    CHECK(device.compute_unit_name == "CU");
    CHECK(device.compute_units->value == 10);
    CHECK(device.boost_clock->value == 2000 * megahertz);
    CHECK(device.modes.empty());
    CHECK(device.power->value == 500 * watt);
    CHECK(device.lacks == std::vector<std::string>{"fp4"});
    CHECK(device.claims.at(0).text == "4 PF");
    CHECK(device.claims.at(0).meaning == "sparse");
    CHECK(device.notes == std::vector<std::string>{"a note"});
    CHECK(read(R"("compute_unit": "CU",)", "").compute_unit_name == "unit");
}

TEST_CASE("peaks in their units; sparsity is a trait of matrix units, and not of fp64") {
    const Device device = read();
    REQUIRE(device.peaks.size() == 3);
    const Peak& bf16 = *device.peak(Precision::bf16);
    CHECK(bf16.unit == ComputeUnit::matrix);
    CHECK(bf16.rate.value.in(flop / second) == 100e12);
    CHECK(bf16.rate.from.confidence == Confidence::primary);
    CHECK(bf16.sparse_multiplier == 2);
    CHECK(device.peak(Precision::fp64)->sparse_multiplier == 1);
    CHECK(device.peak(Precision::fp32)->unit == ComputeUnit::vector);
    CHECK(device.peak(Precision::fp32)->sparse_multiplier == 1);
    const Device own = read(R"({"value": 100,)", R"({"value": 100, "sparse_multiplier": 1.5,)");
    CHECK(own.peak(Precision::bf16)->sparse_multiplier == 1.5);
}

TEST_CASE("10 units of 64 KiB, each 128 bytes a clock of 2 GHz: 655360 bytes at 2.56 TB/s") {
    const Device device = read();
    CHECK(device.dram().technology == "HBM");
    CHECK(device.dram().capacity->value == 64 * gigabyte);
    CHECK(device.capacity() == 63 * gigabyte);
    CHECK(device.bandwidth() == 1000 * gigabyte / second);
    CHECK(device.dram().nominal_bandwidth->value == 1100 * gigabyte / second);
    const Memory& l2 = *device.level(MemoryLevel::l2);
    CHECK(l2.capacity->value.in(byte) == 4 * 1048576);
    CHECK(l2.bandwidth->value == 5000 * gigabyte / second);
    const Memory& l1 = *device.level(MemoryLevel::l1);
    CHECK(l1.capacity->value.in(byte) == 655360);
    CHECK_THAT(l1.bandwidth->value.in(byte / second), WithinRel(2.56e12, 1e-12));
    CHECK(device.level(MemoryLevel::registers) == nullptr);
    const Device clockless =
        read(R"("boost_clock_mhz": {"value": 2000, "source": "s", "confidence": "memory"},)", "");
    CHECK_FALSE(clockless.level(MemoryLevel::l1)->bandwidth);
}

TEST_CASE("a rate with FP16 accumulation stands beside that with FP32 accumulation") {
    const Device device = read(R"("bf16_tflop_per_s")",
                               R"("fp16_tflop_per_s": {"value": 50, "source": "s",
        "confidence": "memory"},
      "fp16_acc16_tflop_per_s": {"value": 100, "source": "s", "confidence": "secondary"},
      "bf16_tflop_per_s")");
    const Peak& fp16 = *device.peak(Precision::fp16);
    CHECK(fp16.rate.value == 50 * teraflop / second);
    CHECK(fp16.rate_acc16->value == 100 * teraflop / second);
    CHECK(fp16.rate_acc16->from.confidence == Confidence::secondary);
    CHECK_FALSE(device.peak(Precision::bf16)->rate_acc16);
}

TEST_CASE("what programs are given, what the system keeps, and sizes that it is sold in") {
    const Device device = read(R"("bandwidth_gb_per_s": {"value": 1000,)",
                               R"("usable_bytes": {"value": 48e9, "source": "s",
        "confidence": "rule"},
      "reserved_bytes": {"value": 2e9, "source": "s", "confidence": "memory"},
      "bandwidth_gb_per_s": {"value": 1000,)");
    CHECK(device.capacity() == 48 * gigabyte);
    CHECK(device.dram().usable->from.confidence == Confidence::rule);
    CHECK(device.dram().reserved->value == 2 * gigabyte);
    const Device sized = read(R"("lacks")",
                              R"("modes": [{"name": "32gb", "capacity_gb": {"value": 32,
      "source": "s", "confidence": "memory"}}], "lacks")");
    CHECK(sized.modes.at(0).name == "32gb");
    CHECK(sized.modes.at(0).capacity->value == 32 * gigabyte);
    CHECK_FALSE(sized.modes.at(0).usable);
    CHECK(fault_after(R"("lacks")", R"("modes": [{"name": "a", "watts": 5}], "lacks")").message ==
          "unknown key 'watts'");
}

TEST_CASE("links: 400 Gbit/s of a network card are 50 GB/s") {
    const Device device = read();
    CHECK(device.scale_up->name == "Wire");
    CHECK(device.scale_up->topology == Topology::point_to_point);
    CHECK(device.scale_up->per_direction->value == 300 * gigabyte / second);
    CHECK(device.scale_up->domain == 4);
    CHECK(device.pcie->name == "PCIe 5");
    CHECK(device.pcie->topology == Topology::all_to_all);
    CHECK(device.pcie->per_direction->value == 64 * gigabyte / second);
    CHECK_THAT(device.nic->value.in(gigabyte / second), WithinRel(50.0, 1e-12));
    CHECK(device.node->name == "Rack");
    CHECK(device.node->devices == 8);
}

TEST_CASE("what is misspelt, missing or without a source is refused at its place") {
    const Fault key = fault_after("\"nic_gbit", "\"nic_gb");
    CHECK(key.code == ErrorCode::bad_record);
    CHECK(key.message == "unknown key 'nic_gb_per_s'");
    CHECK(fault_after("\"apu\"", "\"xpu\"").message == "unknown kind 'xpu'");
    CHECK(fault_after("point_to_point", "ring").message == "unknown topology 'ring'");
    CHECK(fault_after("\"capacity_gb\"", "\"capacity_tb\"").message.find("capacity_gb") !=
          std::string::npos);
    CHECK(fault_after("bf16_tflop", "bf17_tflop").message.find("unknown key 'bf17_tflop_per_s'") !=
          std::string::npos);
    CHECK(fault_after("\"l2\"", "\"l3\"").message == "unknown key 'l3'");
    CHECK(fault_after(R"("s": "a sheet")", R"("s": "a sheet", "t": "unused")").where.pointer ==
          "/sources/t");
}

}  // namespace device_reader_test
