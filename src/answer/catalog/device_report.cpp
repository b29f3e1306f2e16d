#include "device_report.hpp"

#include "device_figures.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

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
    if (!device.aliases.empty())
        lines.push_back(formatted("aliases: {}", joined(device.aliases, ", ")));
    return lines;
}

}  // namespace

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
