// Two devices for pages: one of which much is known, and one of which hardly anything is.
#pragma once

#include "roofline/catalog/device.hpp"

#include "answer/catalog/device_report.hpp"

namespace toy_devices {

using namespace roofline;

inline const Provenance sheet{.source = "data sheet", .confidence = Confidence::primary};
inline const Provenance guess{
    .source = "somebody", .confidence = Confidence::memory, .note = "from a talk"};

inline const Provenance ruled{.source = "others", .confidence = Confidence::rule};

template <typename T>
Figure<T> known(T value, const Provenance& from = sheet) {
    return {std::move(value), from};
}

inline Memory hbm() {
    return {.level = MemoryLevel::dram,
            .technology = "HBM3",
            .capacity = known(80 * gigabyte),
            .reported = known(76 * gigabyte, guess),
            .usable = known(60 * gigabyte, ruled),
            .reserved = known(2 * gigabyte),
            .bandwidth = known(2 * terabyte / second),
            .nominal_bandwidth = known(2.5 * terabyte / second)};
}

inline Device tiny() {
    return {.id = "tiny",
            .name = "Tiny One",
            .aliases = {"t1", "TINY 1"},
            .vendor = "Acme",
            .kind = DeviceKind::edge,
            .market = Market::workstation,
            .architecture = "toy",
            .year = 2031,
            .compute_capability = known(std::string("9.9")),
            .compute_units = known(16.0),
            .compute_unit_name = "CU",
            .boost_clock = known(1500 * megahertz),
            .peaks = {{ComputeUnit::matrix, Precision::bf16, known(400 * teraflop / second), 2},
                      {ComputeUnit::matrix, Precision::fp8, known(800 * teraflop / second, guess)},
                      {ComputeUnit::vector, Precision::fp32, known(50 * teraflop / second)},
                      {ComputeUnit::vector, Precision::int8, known(7 * teraflop / second)}},
            .memory = {hbm(), {.level = MemoryLevel::l2, .capacity = known(50 * mebibyte)}},
            .scale_up = Link{"Wire", Topology::torus, known(450 * gigabyte / second), 8},
            .pcie = Link{"PCIe 5", Topology::all_to_all, known(63 * gigabyte / second)},
            .nic = known(50 * gigabyte / second),
            .node = Node{"Box", 8},
            .power = known(700 * watt),
            .lacks = {"fp6", "fp4"},
            .claims = {{"1600 TOPS", "with sparsity"}},
            .notes = {"runs warm"},
            .modes = {{"40gb", known(40 * gigabyte), {}, {}}, {"80gb", {}, {}, {}}}};
}

/// A device of which hardly anything is known.
inline Device bare() {
    return {.id = "bare",
            .name = "Bare",
            .aliases = {"b0"},
            .vendor = "Acme",
            .architecture = "toy",
            .peaks = {{ComputeUnit::matrix, Precision::fp4, known(9 * teraflop / second)},
                      {ComputeUnit::matrix, Precision::int8, known(18 * teraflop / second)}},
            .memory = {{.level = MemoryLevel::dram,
                        .capacity = known(8 * gigabyte),
                        .bandwidth = known(100 * gigabyte / second)}}};
}

inline Devices two_devices() {
    return {std::make_shared<const Device>(tiny()), std::make_shared<const Device>(bare())};
}

}  // namespace toy_devices
