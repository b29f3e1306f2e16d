#include "error/suggest.hpp"
#include "figure_reader.hpp"
#include "input/json_object.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"
#include "written_name.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

// Per-unit figures of on-chip memory become figures of the whole device.
struct OnChip {
    double units;
    OptionalFigure<Hertz> clock;
};

void read_peaks(JsonObject& record, FigureReader& figures, Device& device) {
    JsonObject all = record.object("peaks");
    const auto sparse = figures.optional(record, "sparse_multiplier", 1.0);
    for (std::size_t unit = 0; unit < compute_unit_names.size(); ++unit) {
        auto rates = all.optional_object(compute_unit_names[unit]);
        if (!rates) continue;
        for (const PrecisionRow& row : precisions) {
            auto figure = rates->optional_object(formatted("{}_tflop_per_s", row.name));
            if (!figure) continue;
            const double rate = figure->positive("value");
            // 2:4 sparsity is a trait of matrix units, and not of their fp64 and fp32.
            const bool wide = row.precision == Precision::fp64 || row.precision == Precision::fp32;
            const bool matrix = static_cast<ComputeUnit>(unit) == ComputeUnit::matrix && !wide;
            const double multiplier = figure->optional_positive("sparse_multiplier")
                                          .value_or(matrix && sparse ? sparse->value : 1);
            device.peaks.push_back(
                {.unit = static_cast<ComputeUnit>(unit),
                 .precision = row.precision,
                 .rate = {std::round(rate * 1e12) * flop / second, figures.provenance(*figure)},
                 .sparse_multiplier = multiplier,
                 .rate_acc16 = figures.optional(*rates, formatted("{}_acc16_tflop_per_s", row.name),
                                                teraflop / second)});
        }
        rates->done();
    }
    all.done();
}

Memory read_dram(JsonObject level, FigureReader& figures) {
    Memory memory{.level = MemoryLevel::dram, .technology = level.text("technology")};
    memory.capacity = figures.required(level, "capacity_gb", gigabyte);
    memory.reported = figures.optional(level, "reported_bytes", byte);
    memory.usable = figures.optional(level, "usable_bytes", byte);
    memory.reserved = figures.optional(level, "reserved_bytes", byte);
    memory.bandwidth = figures.required(level, "bandwidth_gb_per_s", gigabyte / second);
    memory.nominal_bandwidth =
        figures.optional(level, "nominal_bandwidth_gb_per_s", gigabyte / second);
    level.done();
    return memory;
}

Memory read_on_chip(MemoryLevel name, JsonObject level, FigureReader& figures, const OnChip& chip) {
    Memory memory{.level = name, .technology = {}};
    memory.capacity = figures.optional(level, "capacity_mib", mebibyte);
    const auto per_unit = figures.optional(level, "capacity_kib_per_unit", chip.units * kibibyte);
    if (per_unit) memory.capacity = per_unit;
    memory.bandwidth = figures.optional(level, "bandwidth_gb_per_s", gigabyte / second);
    const auto per_clock = figures.optional(level, "bytes_per_clock_per_unit", byte);
    if (per_clock && chip.clock)
        memory.bandwidth = Figure<BytesPerSecond>{per_clock->value * chip.units * chip.clock->value,
                                                  per_clock->from};
    level.done();
    return memory;
}

void read_memory(JsonObject& record, FigureReader& figures, Device& device) {
    JsonObject all = record.object("memory");
    const OnChip chip{.units = device.compute_units ? device.compute_units->value : 1,
                      .clock = device.boost_clock};
    device.memory.push_back(read_dram(all.object("dram"), figures));
    for (const MemoryLevel name : {MemoryLevel::l2, MemoryLevel::l1, MemoryLevel::registers})
        if (auto level = all.optional_object(name_of(name)))
            device.memory.push_back(read_on_chip(name, *level, figures, chip));
    all.done();
}

Topology read_topology(JsonObject& link) {
    return static_cast<Topology>(link.choice("topology", topology_names));
}

void read_links(JsonObject& record, FigureReader& figures, Device& device) {
    constexpr std::string_view rate_key = "gb_per_s_per_direction";
    if (auto link = record.optional_object("scale_up")) {
        device.scale_up = Link{.name = link->text("name"), .topology = read_topology(*link)};
        device.scale_up->per_direction = figures.optional(*link, rate_key, gigabyte / second);
        device.scale_up->domain = figures.required(*link, "domain_devices", 1.0).value;
        link->done();
    }
    if (auto link = record.optional_object("pcie")) {
        device.pcie = Link{.name = link->text("name"), .topology = Topology::all_to_all};
        device.pcie->per_direction = figures.required(*link, rate_key, gigabyte / second);
        link->done();
    }
    device.nic = figures.optional(record, "nic_gbit_per_s", gigabyte / second / 8);
    if (auto node = record.optional_object("node")) {
        device.node = Node{.name = node->text("name"), .devices = node->whole("devices")};
        node->done();
    }
}

void read_identity(JsonObject& record, FigureReader& figures, Device& device) {
    record.text("schema");
    device.id = written_name(record, "id", device_name);
    device.name = record.text("name");
    device.aliases = written_names(record, "aliases", device_alias);
    device.vendor = record.text("vendor");
    device.kind = static_cast<DeviceKind>(record.choice("kind", device_kind_names));
    device.market = static_cast<Market>(record.choice("market", market_names));
    device.architecture = record.text("architecture");
    device.chip = record.optional_text("chip").value_or("");
    device.year = record.optional_whole("year");
    device.compute_capability = figures.optional_text(record, "compute_capability");
    device.compute_unit_name = record.optional_text("compute_unit").value_or("unit");
    device.compute_units = figures.optional(record, "compute_units", 1.0);
    device.boost_clock = figures.optional(record, "boost_clock_mhz", megahertz);
}

void read_modes(JsonObject& record, FigureReader& figures, Device& device) {
    for (JsonObject& mode : record.objects("modes")) {
        device.modes.push_back({.name = written_name(mode, "name", mode_name),
                                .capacity = figures.optional(mode, "capacity_gb", gigabyte),
                                .reported = figures.optional(mode, "reported_bytes", byte),
                                .usable = figures.optional(mode, "usable_bytes", byte)});
        mode.done();
    }
}

void read_remarks(JsonObject& record, FigureReader& figures, Device& device) {
    device.power = figures.optional(record, "power_w", watt);
    device.lacks = record.texts("lacks");
    for (JsonObject& claim : record.objects("claims")) {
        device.claims.push_back({claim.text("text"), claim.text("meaning")});
        claim.done();
    }
    device.notes = record.texts("notes");
}

}  // namespace

Device read_device(const JsonDocument& document) {
    JsonObject record(document);
    FigureReader figures(record);
    Device device;
    read_identity(record, figures, device);
    read_peaks(record, figures, device);
    read_memory(record, figures, device);
    read_links(record, figures, device);
    read_remarks(record, figures, device);
    read_modes(record, figures, device);
    record.done();
    figures.done();
    return device;
}

}  // namespace roofline
