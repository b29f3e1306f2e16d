#include "words.hpp"

#include "roofline/evaluate/metric.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <array>

namespace roofline::cli {
namespace {

double longest_context(const Model& model) {
    constexpr double no_limit = 1e9;
    return model.context.value_or(no_limit);
}

List operator_list(const Prepared& prepared, const PhaseOutcome& phase, PhaseKind kind) {
    List list;
    for (const OperatorTime& op : operators_of(prepared, phase, kind)) {
        if (op.timing.total() == Seconds()) continue;
        list.emplace_back(Record()
                              .add("name", name_of(op.kind))
                              .add("dtype", name_of(op.precision))
                              .add("flops", op.work.flops)
                              .add("bytes", op.work.traffic.total())
                              .add("activation", op.work.traffic.activations)
                              .add("network", op.work.network)
                              .add("bound", name_of(op.timing.bound()))
                              .add("bound", op.timing.total())
                              .add("share", op.timing.total() / phase.time.total()));
    }
    return list;
}

constexpr std::array<std::string_view, 20> phase_line_keys{
    "model",
    "hw",
    "gpus",
    "quant",
    "batch",
    "isl",
    "osl",
    "context",
    "fits",
    "used_bytes",
    "usable_bytes",
    "phase",
    "flops",
    "bytes",
    "activation_bytes",
    "intensity_flop_per_byte",
    "bound",
    "bound_s",
    "bound_tokens_per_s",
    "expected_s",
};

Row phase_line(const Prepared& prepared, const Outcome& outcome, PhaseKind kind,
               const ExpectedTime& expected) {
    const Deployment& d = prepared.deployment;
    Row row{d.model->id,
            d.device->id,
            *d.gpus,
            std::string(name_of(*d.weights)),
            *d.batch,
            *d.isl,
            d.osl ? Cell(*d.osl) : Cell(),
            d.context ? Cell(*d.context) : Cell(),
            std::string(outcome.memory.fits() ? "true" : "false"),
            Measure(outcome.memory.used()),
            Measure(outcome.memory.usable),
            std::string(name_of(kind))};
    const auto& now = outcome.phase(kind);
    if (!now) return row;
    const PhaseTime& time = now->time;
    const auto hoped = expected ? expected(kind) : std::nullopt;
    for (const Cell& cell :
         {Cell(Measure(time.flops)), Cell(Measure(time.traffic.total())),
          Cell(Measure(time.traffic.activations)), Cell(Measure(time.intensity())),
          Cell(std::string(name_of(time.bound()))), Cell(Measure(time.total())),
          Cell(now->tokens_per_second.in(token / second)), hoped ? Cell(Measure(*hoped)) : Cell()})
        row.push_back(cell);
    return row;
}

}  // namespace

std::string hardware_words(const Deployment& deployment) {
    return counted(*deployment.gpus, deployment.device->id);
}

std::string setup_words(const Deployment& d) {
    const Layout layout = layout_of(d);
    std::string text = formatted("{} · {} weights", d.model->id, name_of(*d.weights));
    if (d.model->causal) text += formatted(" · {} KV cache", name_of(*d.kv_cache));
    text += " · " + hardware_words(d);
    const auto part = [&](std::string_view name, double degree) {
        if (degree > 1) text += formatted(" · {} {}", name, degree);
    };
    part("tp", layout.tensor);
    part("pp", layout.pipeline);
    part("dp", layout.data);
    part("ep", layout.expert);
    part("replicas", layout.replicas);
    return text;
}

std::string headline(const Deployment& d) {
    const std::string text = formatted("{} · batch {} · prompt {}", setup_words(d),
                                       humanize_number(*d.batch), humanize_number(*d.isl));
    return d.model->causal ? text + formatted(" · context {}", humanize_number(*d.context)) : text;
}

Record model_record(const Deployment& d) {
    return Record()
        .add("id", d.model->id)
        .add("layers", d.model->layer_count())
        .add("source", d.model->from.source);
}

Record memory_record(const Prepared& prepared, const Outcome& outcome) {
    const MemoryLedger& memory = outcome.memory;
    const Deployment& d = prepared.deployment;
    const double context_now = point_of(prepared).context;
    const auto batch = largest_batch(prepared.workload, memory, context_now);
    const auto context =
        largest_context(prepared.workload, memory, *d.batch, longest_context(*d.model));
    return Record()
        .add("weights", memory.weights)
        .add("kv", memory.cache)
        .add("reserve", memory.reserve)
        .add("used", memory.used())
        .add("usable", memory.usable)
        .add("fits", memory.fits())
        .add("short", memory.missing())
        .add("max_batch", Value(batch))
        .add("max_context_tokens", Value(context));
}

Bar memory_bar(const MemoryLedger& memory, const Layout& layout, std::string note) {
    return {.name = layout.gpus() > 1 ? "Memory per GPU" : "Memory",
            .segments = {{"weights", memory.weights},
                         {"KV cache", memory.cache},
                         {"reserve", memory.reserve}},
            .capacity = memory.usable,
            .note = std::move(note)};
}

Bar memory_bar(const Prepared& prepared, const Outcome& outcome) {
    const auto batch = largest_batch(prepared.workload, outcome.memory, point_of(prepared).context);
    return memory_bar(outcome.memory, outcome.layout,
                      !batch       ? std::string()
                      : *batch < 1 ? std::string("not one sequence fits")
                                   : formatted("batch ≤ {}", humanize_number(*batch)));
}

Value phase_value(const Prepared& prepared, const Outcome& outcome, PhaseKind kind,
                  std::optional<Seconds> expected) {
    const auto& phase = outcome.phase(kind);
    if (!phase) return {};
    const Traffic& traffic = phase->time.traffic;
    return Record()
        .add("sequences", phase->step.sequences)
        .add("tokens", phase->step.sequences * phase->step.tokens)
        .add("flops", phase->time.flops)
        .add("bytes", traffic.total())
        .add("weights", traffic.weights)
        .add("kv_read", traffic.cache_read)
        .add("kv_written", traffic.cache_written)
        .add("activation", traffic.activations)
        .add("network", phase->time.network)
        .add("intensity", phase->time.intensity())
        .add("bound", name_of(phase->time.bound()))
        .add("bound", phase->time.total())
        .add("bound_tokens_per_s", phase->tokens_per_second.in(token / second))
        .add("expected", expected)
        .add("operators", operator_list(prepared, *phase, kind));
}

Table phase_lines(const Prepared& prepared, const Outcome& outcome, const ExpectedTime& expected) {
    std::vector<Column> columns;
    for (const std::string_view key : phase_line_keys)
        columns.push_back({.title = "", .key = std::string(key)});
    std::vector<Row> rows;
    for (const Phase& phase : prepared.workload.phases) {
        rows.push_back(phase_line(prepared, outcome, phase.kind, expected));
        rows.back().resize(columns.size());
    }
    return {.title = "",
            .columns = std::move(columns),
            .next = rows_of(std::move(rows)),
            .audience = Audience::machines};
}

Record metrics_record(const Outcome& outcome) { return metrics_record(figures_of(outcome)); }

Record metrics_record(const Figures& figures) {
    Record record;
    for (const Metric& metric : metrics()) record.add(metric.key, Value(metric.get(figures)));
    return record;
}

}  // namespace roofline::cli
