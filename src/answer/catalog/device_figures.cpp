#include "device_figures.hpp"

#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

Cell cell_of(const Value& value) {
    if (const auto* measure = std::get_if<Measure>(&value.data)) return *measure;
    if (const auto* number = std::get_if<double>(&value.data)) return *number;
    return std::get<std::string>(value.data);
}

std::string_view value_key(const Value& value) {
    return std::holds_alternative<Measure>(value.data) ? "" : "value";
}

class FigureRows {
  public:
    /// `aside` stands beside the name for people.
    template <typename T>
    void add(std::string name, const OptionalFigure<T>& figure, const std::string& aside = "") {
        if (figure) add(std::move(name), Value(figure->value), figure->from, aside);
    }
    void add(std::string name, const Value& value, const Provenance& from,
             const std::string& aside = "") {
        const bool checked =
            from.confidence != Confidence::memory && from.confidence != Confidence::rule;
        rows_.push_back(
            {name + aside, cell_of(value),
             Label{shown_confidence(from.confidence), checked ? Role::plain : Role::warning},
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
    DeviceFigures done() &&;

  private:
    std::size_t number_of(const std::string& source) {
        const auto known = std::ranges::find(sources_, source);
        if (known == sources_.end()) sources_.push_back(source);
        return static_cast<std::size_t>(std::ranges::find(sources_, source) - sources_.begin()) + 1;
    }
    std::vector<Row> rows_;
    std::vector<Row> machine_rows_;  ///< in base units, whose unit stands beside them
    std::vector<std::string> sources_;
    List records_;
};

Table machine_table(std::vector<Row> rows) {
    return {.title = "",
            .columns = {{"", "figure"},
                        {"", "value"},
                        {"", "unit"},
                        {"", "confidence"},
                        {"", "note"},
                        {"", "source"}},
            .next = rows_of(std::move(rows)),
            .notes = {},
            .audience = Audience::machines};
}

Table figure_table(std::vector<Row> rows) {
    return {.title = "",
            .columns = {{"figure", "figure"},
                        {"value", "value_base_units", 4},
                        {"confidence", "confidence"},
                        {"ref", "ref"},
                        {"note", "note", 3, Need::if_room},
                        {"source", "source", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

Text source_lines(const std::vector<std::string>& sources) {
    Text lines;
    for (std::size_t i = 0; i < sources.size(); ++i)
        lines.lines.push_back(formatted("[{}] {}", i + 1, sources[i]));
    return lines;
}

DeviceFigures FigureRows::done() && {
    DeviceFigures figures{.blocks = {}, .records = std::move(records_)};
    figures.blocks.emplace_back(machine_table(std::move(machine_rows_)));
    figures.blocks.emplace_back(figure_table(std::move(rows_)));
    figures.blocks.emplace_back(source_lines(sources_));
    return figures;
}

void add_peak(FigureRows& rows, const Peak& peak) {
    const std::string sparse = peak.sparse_multiplier > 1
                                   ? formatted(" (sparse x{})", peak.sparse_multiplier)
                                   : std::string();
    const std::string what = formatted("{} {} dense", name_of(peak.precision), name_of(peak.unit));
    rows.add(what + sparse, Value(peak.rate.value), peak.rate.from);
    rows.add(what + ", fp16 accumulation" + sparse, peak.rate_acc16);
}

// Drivers, logs and data sheets of memory speak of GiB.
std::string in_gibibytes(const OptionalFigure<Bytes>& figure) {
    return figure ? formatted(", {:.2f} GiB", figure->value.in(gibibyte)) : "";
}

void add_memory(FigureRows& rows, const Memory& memory) {
    const std::string name(name_of(memory.level));
    const std::string what = memory.technology.empty() ? name : name + " " + memory.technology;
    rows.add(what + " capacity", memory.capacity);
    rows.add(what + " capacity as reported", memory.reported, in_gibibytes(memory.reported));
    rows.add(what + " given to programs", memory.usable, in_gibibytes(memory.usable));
    rows.add(what + " kept by the system", memory.reserved, in_gibibytes(memory.reserved));
    rows.add(what + " bandwidth", memory.bandwidth);
    rows.add(what + " bandwidth, nominal", memory.nominal_bandwidth);
}

void add_link(FigureRows& rows, const Link& link) {
    rows.add(formatted("{} per direction, {} x{}", link.name, name_of(link.topology), link.domain),
             link.per_direction);
}

}  // namespace

DeviceFigures figures_of(const Device& device) {
    FigureRows rows;
    for (const Peak& peak : device.peaks) add_peak(rows, peak);
    for (const Memory& memory : device.memory) add_memory(rows, memory);
    rows.add(device.compute_unit_name + "s", device.compute_units);
    rows.add("boost clock", device.boost_clock);
    rows.add("compute capability", device.compute_capability);
    if (device.scale_up) add_link(rows, *device.scale_up);
    if (device.pcie) rows.add(device.pcie->name + " per direction", device.pcie->per_direction);
    rows.add("network per direction", device.nic);
    rows.add("power", device.power);
    return std::move(rows).done();
}

}  // namespace roofline
