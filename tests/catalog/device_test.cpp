#include "roofline/catalog/device.hpp"

#include "catch.hpp"

namespace device_test {

using namespace roofline;

namespace {

Figure<BytesPerSecond> rate(double gigabytes) { return {gigabytes * gigabyte / second, {}}; }

Link link(std::string name, Topology topology, double gigabytes, double domain) {
    return {.name = std::move(name),
            .topology = topology,
            .per_direction = rate(gigabytes),
            .domain = domain};
}

double sends(const Device& device, double ways) {
    const auto found = device.link_among(ways);
    REQUIRE(found);
    return found->per_direction.in(gigabyte / second);
}

std::string through(const Device& device, double ways) {
    const auto found = device.link_among(ways);
    return found ? std::string(found->name) : "nothing";
}

}  // namespace

TEST_CASE("a peak of matrix units goes before one of vector units, in either order") {
    const auto peak = [](ComputeUnit unit, Precision precision, double teraflops) {
        return Peak{
            .unit = unit, .precision = precision, .rate = {teraflops * 1e12 * flop / second, {}}};
    };
    Device device;
    device.peaks = {peak(ComputeUnit::matrix, Precision::fp16, 100),
                    peak(ComputeUnit::vector, Precision::fp16, 10),
                    peak(ComputeUnit::vector, Precision::bf16, 20),
                    peak(ComputeUnit::matrix, Precision::bf16, 200),
                    peak(ComputeUnit::vector, Precision::fp32, 30)};
    CHECK(device.peak(Precision::fp16)->unit == ComputeUnit::matrix);
    CHECK(device.peak(Precision::bf16)->rate.value.in(1e12 * flop / second) == 200);
    CHECK(device.peak(Precision::fp32)->unit == ComputeUnit::vector);
    CHECK(device.peak(Precision::fp8) == nullptr);
}

TEST_CASE("fp16 added up in fp16 has a rate of its own, or that of its peak, or none") {
    Device device;
    CHECK_FALSE(device.fp16_rate_acc16());
    device.peaks = {{ComputeUnit::vector, Precision::fp16, {10 * teraflop / second, {}}}};
    CHECK(device.fp16_rate_acc16() == 10 * teraflop / second);
    device.peaks.push_back({ComputeUnit::matrix,
                            Precision::fp16,
                            {70 * teraflop / second, {}},
                            2,
                            Figure<FlopsPerSecond>{140 * teraflop / second, {}}});
    CHECK(device.fp16_rate_acc16() == 140 * teraflop / second);
    CHECK(device.peak(Precision::fp16)->rate.value == 70 * teraflop / second);
}

TEST_CASE("within its domain a link of its own, within a host PCIe, beyond the network card") {
    Device device;
    CHECK(device.switch_domain() == 1);
    CHECK(through(device, 2) == "nothing");
    device.nic = rate(50);
    CHECK(through(device, 2) == "the network card");
    device.pcie = link("PCIe 5", Topology::all_to_all, 64, 1);
    CHECK(device.switch_domain() == 8);
    CHECK(through(device, 8) == "PCIe 5");
    CHECK(through(device, 9) == "the network card");
    device.scale_up = link("NVLink", Topology::all_to_all, 450, 4);
    CHECK(device.switch_domain() == 8);  // bridges of four in a host of eight
    CHECK(through(device, 4) == "NVLink");
    CHECK(sends(device, 2) == 450);
    CHECK(through(device, 5) == "PCIe 5");
    CHECK(through(device, 9) == "the network card");
    CHECK(device.most_joined() == 16);
    device.joined = 2;
    CHECK(through(device, 4) == "the network card");
    device.joined = 16;
    CHECK(through(device, 4) == "NVLink");
    CHECK(through(device, 12) == "PCIe 5");
    device.joined.reset();
    device.scale_up->domain = 8;  // a board of its own: no slots beside it
    CHECK(device.most_joined() == 8);
    device.scale_up->domain = 4;
    device.scale_up->per_direction.reset();  // of a rate that nobody knows
    CHECK(device.switch_domain() == 8);
    CHECK(through(device, 2) == "PCIe 5");
}

TEST_CASE("a device of the edge has no slots for others") {
    Device device{.kind = DeviceKind::edge};
    device.pcie = link("PCIe 4", Topology::all_to_all, 32, 1);
    CHECK(device.switch_domain() == 1);
    CHECK(through(device, 2) == "nothing");
}

TEST_CASE("8 devices wired in pairs at 448 GB/s: 2 of them share 1/7 of it, 5 of them 4/7") {
    Device device;
    device.scale_up = link("mesh", Topology::point_to_point, 448, 8);
    CHECK_THAT(sends(device, 2), WithinRel(64.0, 1e-12));
    CHECK_THAT(sends(device, 5), WithinRel(256.0, 1e-12));
    CHECK(sends(device, 8) == 448);
    device.scale_up->topology = Topology::torus;
    CHECK(sends(device, 2) == 448);
}

TEST_CASE(
    "memory to plan with is what programs are given, else what the driver reports, else nominal") {
    Device device;
    device.memory = {{.level = MemoryLevel::l2},
                     {.level = MemoryLevel::dram, .capacity = Figure<Bytes>{80 * gigabyte, {}}}};
    CHECK(device.capacity() == 80 * gigabyte);
    device.memory[1].reported = Figure<Bytes>{79 * gigabyte, {}};
    device.memory[1].bandwidth = rate(3350);
    CHECK(device.capacity() == 79 * gigabyte);
    CHECK(device.bandwidth() == 3350 * gigabyte / second);
    device.memory[1].usable = Figure<Bytes>{60 * gigabyte, {}};
    CHECK(device.capacity() == 60 * gigabyte);
    CHECK(device.level(MemoryLevel::l2) != nullptr);
    CHECK(device.level(MemoryLevel::l1) == nullptr);
}

TEST_CASE("what a data sheet names is named so") {
    CHECK(name_of(Confidence::primary) == "primary");
    CHECK(name_of(Confidence::memory) == "memory");
    CHECK(name_of(Confidence::rule) == "rule");
    CHECK(name_of(ComputeUnit::matrix) == "matrix");
    CHECK(name_of(ComputeUnit::vector) == "vector");
    CHECK(name_of(MemoryLevel::dram) == "dram");
    CHECK(name_of(MemoryLevel::registers) == "registers");
    CHECK(name_of(Topology::all_to_all) == "all_to_all");
    CHECK(name_of(Topology::torus) == "torus");
    CHECK(name_of(DeviceKind::gpu) == "gpu");
    CHECK(name_of(DeviceKind::cpu) == "cpu");
    CHECK(name_of(Market::datacenter) == "datacenter");
    CHECK(name_of(Market::edge) == "edge");
    CHECK(Device{.market = Market::datacenter}.in_data_centre());
    CHECK_FALSE(Device{.market = Market::workstation}.in_data_centre());
}

}  // namespace device_test
