#include "ridge_report.hpp"

#include "device_figures.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

Record ridge_record(const Ridge& ridge) {
    return Record()
        .add("dtype", name_of(ridge.peak->precision))
        .add("unit", name_of(ridge.peak->unit))
        .add("level", name_of(ridge.memory->level))
        .add("peak", ridge.peak->rate.value)
        .add("bandwidth", ridge.memory->bandwidth->value)
        .add("ridge", ridge.intensity());
}

Row ridge_row(const Ridge& ridge) {
    return {std::string(name_of(ridge.peak->precision)), std::string(name_of(ridge.peak->unit)),
            std::string(name_of(ridge.memory->level)),   Measure(ridge.peak->rate.value),
            Measure(ridge.memory->bandwidth->value),     Measure(ridge.intensity())};
}

// A decode step multiplies every weight it reads once per sequence: 2 FLOP for its bytes.
std::string batch_note(const Ridge& ridge) {
    const double bytes = row_of(ridge.peak->precision).bytes;
    const double batch = ridge.intensity().in(flop / byte) * bytes / 2;
    return formatted(
        "decoding with {} weights leaves the memory roof at a batch of about {} "
        "(weights alone, no cache)",
        name_of(ridge.peak->precision), humanize_number(std::ceil(batch)));
}

Derivation derivation(const Ridge& ridge, std::size_t index) {
    const auto& rate = ridge.peak->rate;
    const auto& bandwidth = *ridge.memory->bandwidth;
    return {.path = formatted("result.ridges[{}].ridge_flop_per_byte", index),
            .formula = "peak / bandwidth",
            .numbers = formatted("{} / {} = {}", humanize(rate.value, 5),
                                 humanize(bandwidth.value, 4), humanize(ridge.intensity(), 4)),
            .source = formatted("peak: {} [{}]; bandwidth: {} [{}]", rate.from.source,
                                shown_confidence(rate.from.confidence), bandwidth.from.source,
                                shown_confidence(bandwidth.from.confidence))};
}

// Of the device's 16-bit arithmetic where that was asked for.
const Ridge& main_of(const std::vector<Ridge>& ridges, const Device& device) {
    const auto main = std::ranges::find_if(ridges, [&](const Ridge& ridge) {
        return ridge.peak->precision == wide_precision(device);
    });
    return main == ridges.end() ? ridges.front() : *main;
}

// Each name once, in the order of the ridges.
template <typename Name>
std::string names(const std::vector<Ridge>& ridges, Name name) {
    std::vector<std::string_view> result;
    for (const Ridge& ridge : ridges)
        if (std::ranges::find(result, name(ridge)) == result.end()) result.push_back(name(ridge));
    return joined(result, ",");
}

}  // namespace

Report ridge_report(const Device& device, const std::vector<Ridge>& ridges) {
    const Ridge& main = main_of(ridges, device);
    Report report{.command = "ridge"};
    report.verdict = formatted("{} turns from memory- to compute-bound at {} in {}", device.id,
                               humanize(main.intensity()), name_of(main.peak->precision));
    report.inputs.add("hw", device.id)
        .add("dtype", names(ridges, [](const Ridge& r) { return name_of(r.peak->precision); }))
        .add("level", names(ridges, [](const Ridge& r) { return name_of(r.memory->level); }));
    std::vector<Row> rows;
    List list;
    for (const Ridge& ridge : ridges) {
        report.derivations.push_back(derivation(ridge, list.size()));
        list.emplace_back(ridge_record(ridge));
        rows.push_back(ridge_row(ridge));
    }
    report.result.add("device", device.id).add("ridges", std::move(list));
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = {{"dtype", "dtype"},
                                                 {"unit", "unit", 3, Need::if_room},
                                                 {"level", "level"},
                                                 {"PEAK (dense)", "peak_flop_per_s", 4},
                                                 {"bandwidth", "bandwidth_bytes_per_s", 3},
                                                 {"ridge", "ridge_flop_per_byte", 4}},
                                     .next = rows_of(std::move(rows)),
                                     .notes = {batch_note(main)}});
    return report;
}

}  // namespace roofline
