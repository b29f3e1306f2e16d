#include "device_report.hpp"

#include "roofline/engine/roof.hpp"

#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>

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
        .add("bandwidth", device.bandwidth())
        .add("dense_peaks", std::move(peaks))
        .add("power", device.power ? std::optional(device.power->value) : std::nullopt);
}

// Rows of `hw show`: one figure each, with its source and how far it can be trusted.
class DeviceFigures {
  public:
    template <typename T>
    void add(std::string name, const OptionalFigure<T>& figure) {
        if (figure) add(std::move(name), Value(figure->value), figure->from);
    }
    void add(std::string name, const Value& value, const Provenance& from) {
        const Role role = from.confidence == Confidence::memory ? Role::warning : Role::plain;
        rows_.push_back({name, cell_of(value), Label{std::string(name_of(from.confidence)), role},
                         formatted("[{}]", number_of(from.source)), from.note, from.source});
        const auto* measure = std::get_if<Measure>(&value.data);
        machine_rows_.push_back(
            {name, cell_of(value),
             measure == nullptr ? std::string() : unit_suffix(measure->dimension),
             std::string(name_of(from.confidence)), from.note, from.source});
        records_.emplace_back(Record()
                                  .add("name", std::move(name))
                                  .add(value_key(value), value)
                                  .add("confidence", name_of(from.confidence))
                                  .add("source", from.source)
                                  .add("note", from.note.empty() ? Value() : Value(from.note)));
    }
    std::vector<Row> take_rows() { return std::move(rows_); }
    /// Numbers in base units, whose unit stands beside them.
    std::vector<Row> take_machine_rows() { return std::move(machine_rows_); }
    const std::vector<std::string>& sources() const { return sources_; }
    List take_records() { return std::move(records_); }

  private:
    static Cell cell_of(const Value& value) {
        if (const auto* measure = std::get_if<Measure>(&value.data)) return *measure;
        if (const auto* number = std::get_if<double>(&value.data)) return *number;
        return std::get<std::string>(value.data);
    }
    std::size_t number_of(const std::string& source) {
        const auto known = std::ranges::find(sources_, source);
        if (known == sources_.end()) sources_.push_back(source);
        return static_cast<std::size_t>(std::ranges::find(sources_, source) - sources_.begin()) + 1;
    }
    static std::string_view value_key(const Value& value) {
        return std::holds_alternative<Measure>(value.data) ? "" : "value";
    }
    std::vector<Row> rows_;
    std::vector<Row> machine_rows_;
    std::vector<std::string> sources_;
    List records_;
};

void add_memory(DeviceFigures& rows, const Memory& memory) {
    const std::string name(name_of(memory.level));
    const std::string what = memory.technology.empty() ? name : name + " " + memory.technology;
    rows.add(what + " capacity", memory.capacity);
    rows.add(what + " capacity as reported", memory.reported);
    rows.add(what + " bandwidth", memory.bandwidth);
    rows.add(what + " bandwidth, nominal", memory.nominal_bandwidth);
}

void add_link(DeviceFigures& rows, const Link& link) {
    rows.add(formatted("{} per direction, {} x{}", link.name, name_of(link.topology), link.domain),
             link.per_direction);
}

DeviceFigures figures_of(const Device& device) {
    DeviceFigures rows;
    for (const Peak& peak : device.peaks) {
        const std::string sparse = peak.sparse_multiplier > 1
                                       ? formatted(" (sparse x{})", peak.sparse_multiplier)
                                       : std::string();
        rows.add(formatted("{} {} dense{}", name_of(peak.precision), name_of(peak.unit), sparse),
                 Value(peak.rate.value), peak.rate.from);
    }
    for (const Memory& memory : device.memory) add_memory(rows, memory);
    rows.add(device.compute_unit_name + "s", device.compute_units);
    rows.add("compute capability", device.compute_capability);
    if (device.scale_up) add_link(rows, *device.scale_up);
    if (device.pcie) rows.add(device.pcie->name + " per direction", device.pcie->per_direction);
    rows.add("network per direction", device.nic);
    rows.add("power", device.power);
    return rows;
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
    lines.push_back(formatted("aliases: {}", joined(device.aliases, ", ")));
    return lines;
}

Table machine_table(DeviceFigures& figures) {
    return {.title = "",
            .columns = {{"", "figure"},
                        {"", "value"},
                        {"", "unit"},
                        {"", "confidence"},
                        {"", "note"},
                        {"", "source"}},
            .next = rows_of(figures.take_machine_rows()),
            .notes = {},
            .audience = Audience::machines};
}

Table figure_table(DeviceFigures& figures) {
    return {.title = "",
            .columns = {{"FIGURE", "figure"},
                        {"VALUE", "value_base_units", 4},
                        {"CONFIDENCE", "confidence"},
                        {"REF", "ref"},
                        {"NOTE", "note", 3, Need::if_room},
                        {"SOURCE", "source", 3, Need::if_room}},
            .next = rows_of(figures.take_rows())};
}

Text source_lines(const std::vector<std::string>& sources) {
    Text lines;
    for (std::size_t i = 0; i < sources.size(); ++i)
        lines.lines.push_back(formatted("[{}] {}", i + 1, sources[i]));
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
            .notes = {"roofline hw show NAME prints every figure with its source"}};
}

}  // namespace

Report device_list_report(const Devices& devices) {
    Report report{.command = "hw list"};
    report.verdict = formatted("{} devices; dense rates, no sparsity", devices.size());
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
        .add("figures", figures.take_records());
    report.blocks.emplace_back(machine_table(figures));
    report.blocks.emplace_back(figure_table(figures));
    report.blocks.emplace_back(source_lines(figures.sources()));
    report.blocks.emplace_back(Text{remarks(device)});
    return report;
}

}  // namespace roofline
