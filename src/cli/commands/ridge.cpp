#include "roofline/engine/roof.hpp"

#include "cli/line/deployment_flags.hpp"
#include "cli/line/roof_flags.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

std::vector<Precision> wanted_precisions(const Arguments& arguments, const Device& device) {
    std::vector<Precision> result;
    if (const auto list = arguments.text("dtype")) {
        for (const std::string& name : split_list(*list, "--dtype"))
            result.push_back(precision_of(name, device));
        return result;
    }
    for (const PrecisionRow& row : precisions)
        if (device.peak(row.precision) != nullptr) result.push_back(row.precision);
    return result;
}

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
                                name_of(rate.from.confidence), bandwidth.from.source,
                                name_of(bandwidth.from.confidence))};
}

}  // namespace

Answer run_ridge(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session);
    Report report{.command = "ridge"};
    std::vector<Row> rows;
    List list;
    std::vector<Ridge> ridges;
    std::vector<std::string_view> names;
    for (const Precision precision : wanted_precisions(arguments, *device))
        names.push_back(name_of(precision));
    const auto levels = split_list(arguments.text("level").value_or("dram"), "--level");
    for (const Precision precision : wanted_precisions(arguments, *device))
        for (const std::string& level : levels)
            ridges.push_back(ridge_from(*device, precision, level));
    for (const Ridge& ridge : ridges) {
        report.derivations.push_back(derivation(ridge, list.size()));
        list.emplace_back(ridge_record(ridge));
        rows.push_back(ridge_row(ridge));
    }
    const auto main = std::ranges::find_if(ridges, [&](const Ridge& ridge) {
        return ridge.peak->precision == wide_precision(*device);
    });
    const Ridge& shown = main == ridges.end() ? ridges.front() : *main;
    report.verdict = formatted("{} turns from memory- to compute-bound at {} in {}", device->id,
                               humanize(shown.intensity()), name_of(shown.peak->precision));
    report.inputs.add("hw", device->id)
        .add("dtype", joined(names, ","))
        .add("level", joined(levels, ","));
    report.result.add("device", device->id).add("ridges", std::move(list));
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = {{"DTYPE", "dtype"},
                                                 {"UNIT", "unit", 3, Need::if_room},
                                                 {"LEVEL", "level"},
                                                 {"PEAK (dense)", "peak_flop_per_s", 4},
                                                 {"BANDWIDTH", "bandwidth_bytes_per_s", 3},
                                                 {"RIDGE", "ridge_flop_per_byte", 4}},
                                     .next = rows_of(std::move(rows)),
                                     .notes = {batch_note(shown)}});
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
