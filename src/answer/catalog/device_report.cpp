#include "device_report.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/engine/roof.hpp"

#include "device_figures.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>
#include <iterator>

namespace roofline {
namespace {

Cell peak_cell(const Device& device, Precision precision) {
    const Peak* peak = device.peak(precision);
    const bool matrix = peak != nullptr && peak->unit == ComputeUnit::matrix;
    return matrix ? Cell(Measure(peak->rate.value)) : Cell();
}

Row device_row(const Device& device) {
    const Memory& dram = device.dram();
    const auto ridge = ridge_of(device, wide_precision(device), MemoryLevel::dram);
    return {device.id,
            Measure(dram.capacity->value),
            Measure(device.bandwidth()),
            ridge ? Cell(Measure(ridge->peak->rate.value)) : Cell(),
            peak_cell(device, Precision::fp8),
            peak_cell(device, Precision::fp4),
            peak_cell(device, Precision::int8),
            ridge ? Cell(Measure(ridge->intensity())) : Cell(),
            device.power ? Cell(Measure(device.power->value)) : Cell(),
            dram.reported ? Cell(Measure(dram.reported->value)) : Cell(),
            device.architecture,
            device.vendor};
}

Record device_summary(const Device& device) {
    Record peaks;
    for (const PrecisionRow& row : precisions)
        if (const Peak* peak = device.peak(row.precision)) peaks.add(row.name, peak->rate.value);
    return Record()
        .add("id", device.id)
        .add("name", device.name)
        .add("vendor", device.vendor)
        .add("kind", name_of(device.kind))
        .add("market", name_of(device.market))
        .add("architecture", device.architecture)
        .add("memory", device.dram().capacity->value)
        .add("reported",
             device.dram().reported ? std::optional(device.dram().reported->value) : std::nullopt)
        .add("usable",
             device.dram().usable ? std::optional(device.dram().usable->value) : std::nullopt)
        .add("bandwidth", device.bandwidth())
        .add("dense_peaks", std::move(peaks))
        .add("power", device.power ? std::optional(device.power->value) : std::nullopt);
}

List mode_names(const Device& device) {
    List names;
    for (const DeviceMode& mode : device.modes) names.emplace_back(mode.name);
    return names;
}

std::vector<std::string> remarks(const Device& device) {
    std::vector<std::string> lines;
    if (!device.lacks.empty())
        lines.push_back(formatted("no matrix units for {}", joined(device.lacks, ", ")));
    for (const Claim& claim : device.claims)
        lines.push_back(formatted("advertised: {} = {}", claim.text, claim.meaning));
    if (device.node)
        lines.push_back(
            formatted("usual node: {}, {} devices", device.node->name, device.node->devices));
    for (const std::string& note : device.notes) lines.push_back(note);
    if (!device.modes.empty()) {
        const std::string bare = device.id.substr(0, device.id.find(':'));
        std::vector<std::string> names;
        for (const DeviceMode& mode : device.modes) names.push_back(bare + ":" + mode.name);
        lines.push_back(formatted("modes: {}", joined(names, ", ")));
    }
    lines.push_back(formatted("aliases: {}", joined(device.aliases, ", ")));
    return lines;
}

Table device_table(const Devices& devices) {
    std::vector<Row> rows;
    for (const auto& device : devices) rows.push_back(device_row(*device));
    return {.title = "",
            .columns = {{"NAME", "id"},
                        {"MEMORY", "memory_bytes"},
                        {"BANDWIDTH", "bandwidth_bytes_per_s"},
                        {"16-BIT", "wide_flop_per_s"},
                        {"FP8", "fp8_flop_per_s", 3, Need::if_room},
                        {"FP4", "fp4_flop_per_s", 3, Need::if_room},
                        {"INT8", "int8_flop_per_s", 3, Need::if_room},
                        {"RIDGE", "ridge_flop_per_byte", 3, Need::if_room},
                        {"POWER", "power_w", 3, Need::if_room},
                        {"REPORTED", "reported_bytes", 3, Need::if_room},
                        {"ARCH", "architecture", 3, Need::if_room},
                        {"VENDOR", "vendor", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = {"roofline hw list WORD lists some of them",
                      "roofline hw show NAME prints every figure with its source"}};
}

}  // namespace

Devices devices_about(const std::string& word, const Devices& devices) {
    Devices result;
    std::ranges::copy_if(devices, std::back_inserter(result), [&](const auto& device) {
        std::vector<std::string> texts = device->aliases;
        texts.insert(texts.end(),
                     {device->id, device->name, device->vendor, device->architecture,
                      std::string(name_of(device->kind)), std::string(name_of(device->market))});
        return std::ranges::any_of(texts, [&](const std::string& text) {
            return name_key(text).find(name_key(word)) != std::string::npos;
        });
    });
    return result;
}

Report device_list_report(const Devices& devices, const std::string& about) {
    Report report{.command = "hw list"};
    report.verdict = formatted("{} device{}{}; dense rates, no sparsity", devices.size(),
                               devices.size() == 1 ? "" : "s",
                               about.empty() ? "" : formatted(" about '{}'", about));
    if (!about.empty()) report.inputs.add("about", about);
    List list;
    for (const auto& device : devices) list.emplace_back(device_summary(*device));
    report.result.add("devices", std::move(list));
    report.blocks.emplace_back(device_table(devices));
    return report;
}

Report device_report(const Device& device, const std::string& asked) {
    Report report{.command = "hw show"};
    report.verdict =
        formatted("{}: {} ({}, {}{})", device.id, device.name, device.vendor, device.architecture,
                  device.year ? formatted(", {}", *device.year) : "");
    report.inputs.add("name", asked);
    DeviceFigures figures = figures_of(device);
    report.result = device_summary(device);
    report.result.add("aliases", List(device.aliases.begin(), device.aliases.end()))
        .add("lacks", List(device.lacks.begin(), device.lacks.end()))
        .add("modes", mode_names(device))
        .add("figures", std::move(figures.records));
    report.blocks = std::move(figures.blocks);
    report.blocks.emplace_back(Text{remarks(device)});
    return report;
}

}  // namespace roofline
