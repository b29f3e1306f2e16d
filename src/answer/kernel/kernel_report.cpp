#include "kernel_report.hpp"

#include "answer/words.hpp"
#include "expected_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Row placed_row(const PlacedKernel& placed) {
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

// One row per kernel.
Table placed_table(const std::vector<PlacedKernel>& kernels, std::vector<std::string> notes) {
    std::vector<Row> rows;
    for (const PlacedKernel& placed : kernels) rows.push_back(placed_row(placed));
    return {.title = "",
            .columns = {{"kernel", "kernel"},
                        {"dtype", "dtype", 3, Need::if_room},
                        {"work", "flops", 3, Need::if_room},
                        {"bytes", "bytes", 3, Need::if_room},
                        {"FLOP/byte", "intensity_flop_per_byte", 4, Need::if_room},
                        {"bound", "bound"},
                        {"compute roof", "compute_s", 4, Need::if_room},
                        {"memory roof", "memory_s", 4, Need::if_room},
                        {"at best", "bound_s", 4},
                        {"of peak", "peak_fraction", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

Derivation derivation(const PlacedKernel& placed) {
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

std::string verdict(const PlacedKernel& placed, std::string_view device) {
    const double ratio = placed.intensity() / placed.ridge.intensity();
    const bool past = ratio >= 1;
    return formatted("{}-bound on {}: {} is {}x {} the ridge ({}). At best {}",
                     name_of(placed.bound()), device, humanize(placed.intensity()),
                     humanize_number(past ? ratio : 1 / ratio), past ? "past" : "below",
                     humanize_number(placed.ridge.intensity().in(flop / byte)),
                     humanize(placed.bound_time()));
}

Record placed_record(const PlacedKernel& placed) {
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

// Verdict, inputs (device, dtype and level before the kernel's own), result and derivation.
Report placed_report(std::string command, const PlacedKernel& placed, const Device& device,
                     const Record& inputs) {
    Report report{.command = std::move(command), .verdict = verdict(placed, device.id)};
    report.inputs.add("hw", device.id)
        .add("dtype", name_of(placed.ridge.peak->precision))
        .add("level", name_of(placed.ridge.memory->level));
    for (const auto& [key, value] : inputs.members()) report.inputs.add(key, value);
    report.result = placed_record(placed);
    report.derivations.push_back(derivation(placed));
    return report;
}

Record inputs_of(const AttentionRequest& request) {
    const bool latent = request.latent;
    const bool windowed = request.window.reach != Reach::full;
    return Record()
        .add("batch", request.batch)
        .add("q_len", request.queries)
        .add("kv_len", request.keys)
        .add("heads", request.heads)
        .add("kv_heads", latent ? Value() : Value(request.kv_heads))
        .add("head_dim", latent ? Value() : Value(request.head_dim))
        .add("window", windowed ? Value(request.window.tokens) : Value())
        .add("causal", request.causal)
        .add("latent", latent)
        .add("kv_dtype", name_of(request.stored));
}

Record inputs_of(const ExpertsRequest& request) {
    const ExpertsShape& shape = request.shape;
    return Record()
        .add("tokens", shape.tokens)
        .add("hidden", shape.hidden)
        .add("intermediate", shape.width)
        .add("experts", shape.experts)
        .add("active", shape.active)
        .add("tp", shape.tensor_parallel)
        .add("ep", shape.expert_parallel)
        .add("routing", name_of(request.routing))
        .add("format", name_of(request.format));
}

}  // namespace

Report work_report(const PlacedKernel& placed, const Device& device) {
    const Kernel& kernel = placed.kernel;
    Report report = placed_report("kernel work", placed, device,
                                  Record().add("flops", kernel.flops).add("bytes", kernel.bytes));
    report.blocks.emplace_back(placed_table({placed}, {}));
    return report;
}

Report gemm_report(const GemmRequest& request, const PlacedKernel& placed, const Device& device,
                   const Expectation& expectation) {
    const auto& [m, n, k] = request.shape;
    Report report =
        placed_report("kernel gemm", placed, device,
                      Record().add("m", m).add("n", n).add("k", k).add("batch", request.batch));
    const Bytes a = request.a(), b = request.b(), c = request.c();
    report.result.add("a", a).add("b", b).add("c", c);
    report.blocks.emplace_back(placed_table(
        {placed},
        {formatted("A {}, B {}, C {}, each moved once", humanize(a), humanize(b), humanize(c))}));
    report = with_expected(std::move(report), expectation);
    if (request.result_bytes() != row_of(request.precision).bytes)
        report.assumptions.push_back(
            {.id = "result_bytes",
             .text = "bytes per element of the result",
             .value = request.result_bytes(),
             .source = "narrow products accumulate in fp32 and leave as bf16"});
    return report;
}

Report attention_report(const PlacedAttention& attention, const Device& device,
                        const Expectation& expectation) {
    const auto& [request, best, naive] = attention;
    Report report = placed_report("kernel attention", best, device, inputs_of(request));
    if (!naive) {
        report.blocks.emplace_back(placed_table(
            {best}, {"widths of DeepSeek-V3; a prompt head by head, a single token in latents"}));
        return with_expected(std::move(report), expectation);
    }
    report.verdict = "FlashAttention is " + report.verdict;
    report.result.add("flash", placed_record(best)).add("naive", placed_record(*naive));
    report.blocks.emplace_back(placed_table(
        {best, *naive},
        {"FlashAttention: every tensor moved once; keys and values that tiles read again come from "
         "the L2 cache",
         "naive: the matrix of scores is written and read twice, masked pairs too"}));
    report = with_expected(std::move(report), expectation);
    report.verdict += formatted("; naive attention takes at best {}x as long",
                                humanize_number(naive->bound_time() / best.bound_time()));
    return report;
}

Report experts_report(const ExpertsRequest& request, const PlacedKernel& placed,
                      const Device& device, const Expectation& expectation) {
    const ExpertsShape& shape = request.shape;
    PlacedKernel named = placed;
    named.kernel.name = formatted("{} of {} experts", humanize_number(request.touched()),
                                  humanize_number(shape.experts / shape.expert_parallel));
    Report report = placed_report("kernel moe", named, device, inputs_of(request));
    report.result.add("touched_experts", request.touched());
    report.blocks.emplace_back(
        placed_table({named}, {"routed experts of one layer on one device: both products, "
                               "activation between"}));
    report = with_expected(std::move(report), expectation);
    report.assumptions.push_back(
        {.id = "routing",
         .text = "how tokens choose experts",
         .value = request.routing == Routing::balanced ? "evenly" : "at random",
         .source = "--routing; measured kernels had them evenly, real models lie between"});
    return report;
}

}  // namespace roofline
