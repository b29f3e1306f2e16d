#include "kernel_report.hpp"

#include "roofline/error/user_error.hpp"

#include "cli/line/deployment_flags.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

Row placed_row(const Placed& placed) {
    return {placed.kernel.name,
            std::string(name_of(placed.ridge.peak->precision)),
            Measure(placed.kernel.flops),
            Measure(placed.kernel.bytes),
            placed.intensity().in(flop / byte),
            Label{std::string(name_of(placed.bound())), role_of(placed.bound())},
            Measure(placed.compute()),
            Measure(placed.memory()),
            Measure(placed.bound_time()),
            Share{placed.of_peak()}};
}

Derivation derivation(const Placed& placed) {
    return {.path = "result.bound_s",
            .formula = "max(flops / peak, bytes / bandwidth)",
            .numbers = formatted(
                "max({} / {}, {} / {}) = max({}, {}) = {}", humanize(placed.kernel.flops, 4),
                humanize(placed.ridge.peak->rate.value, 4), humanize(placed.kernel.bytes, 4),
                humanize(placed.ridge.memory->bandwidth->value, 4), humanize(placed.compute(), 4),
                humanize(placed.memory(), 4), humanize(placed.bound_time(), 4)),
            .source = formatted("Williams et al. 2009; peak: {}; bandwidth: {}",
                                placed.ridge.peak->rate.from.source,
                                placed.ridge.memory->bandwidth->from.source)};
}

}  // namespace

std::string verdict_of(const Placed& placed, std::string_view device) {
    const double ratio = placed.intensity() / placed.ridge.intensity();
    const bool past = ratio >= 1;
    return formatted("{}-bound on {}: {} is {}x {} the ridge ({}). At best {}",
                     name_of(placed.bound()), device, humanize(placed.intensity()),
                     humanize_number(past ? ratio : 1 / ratio), past ? "past" : "below",
                     humanize_number(placed.ridge.intensity().in(flop / byte)),
                     humanize(placed.bound_time()));
}

Record placed_record(const Placed& placed) {
    return Record()
        .add("flops", placed.kernel.flops)
        .add("bytes", placed.kernel.bytes)
        .add("intensity", placed.intensity())
        .add("ridge", placed.ridge.intensity())
        .add("bound", name_of(placed.bound()))
        .add("compute", placed.compute())
        .add("memory", placed.memory())
        .add("bound", placed.bound_time())
        .add("attainable", placed.kernel.flops / placed.bound_time())
        .add("peak_fraction", placed.of_peak());
}

Table placed_table(const std::vector<Placed>& kernels, std::vector<std::string> notes) {
    std::vector<Row> rows;
    for (const Placed& placed : kernels) rows.push_back(placed_row(placed));
    return {.title = "",
            .columns = {{"KERNEL", "kernel"},
                        {"DTYPE", "dtype", 3, Need::if_room},
                        {"WORK", "flops", 3, Need::if_room},
                        {"BYTES", "bytes", 3, Need::if_room},
                        {"FLOP/BYTE", "intensity_flop_per_byte", 4, Need::if_room},
                        {"BOUND", "bound"},
                        {"COMPUTE ROOF", "compute_s", 4, Need::if_room},
                        {"MEMORY ROOF", "memory_s", 4, Need::if_room},
                        {"AT BEST", "bound_s", 4},
                        {"OF PEAK", "peak_fraction", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

Report report_of(std::string command, const Placed& placed, const Device& device,
                 const Record& inputs) {
    Report report{.command = std::move(command), .verdict = verdict_of(placed, device.id)};
    report.inputs.add("hw", device.id)
        .add("dtype", name_of(placed.ridge.peak->precision))
        .add("level", name_of(placed.ridge.memory->level));
    for (const auto& [key, value] : inputs.members()) report.inputs.add(key, value);
    report.result = placed_record(placed);
    report.derivations.push_back(derivation(placed));
    return report;
}

std::string required_flag(const Arguments& arguments, std::string_view flag,
                          std::string_view example) {
    if (const auto text = arguments.text(flag)) return *text;
    throw UserError({.code = ErrorCode::missing_argument,
                     .message = formatted("--{} is missing", flag),
                     .hint = formatted("for example --{} {}", flag, example)});
}

}  // namespace roofline::cli
