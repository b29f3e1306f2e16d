#include "deployment_report.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/workload/parameters.hpp"

#include "deployment_flags.hpp"
#include "text/formatted.hpp"

#include <algorithm>

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

AssumptionNote note(std::string id, std::string text, Value value, std::string source) {
    return {std::move(id), std::move(text), std::move(value), std::move(source)};
}

// Weights stored in a format that the device does not multiply are widened, and the answer says so.
void add_widening(const Prepared& prepared, std::vector<AssumptionNote>& notes) {
    const Deployment& d = prepared.deployment;
    const WeightPlan plan = weight_plan_of(d);
    const WeightFormatRow& format = row_of(plan.name);
    if (format.bits >= 16) return;
    const auto covered = std::ranges::find(plan.by_component, plan.name, &Storage::format);
    if (covered == plan.by_component.end()) return;
    const Precision used = compute_precision(*d.device, *covered, d.compute);
    if (format.multiplies_as == used) return;
    const bool lacks = format.needs && d.device->peak(*format.needs) == nullptr;
    const std::string why =
        lacks       ? formatted("{} has no {} arithmetic", d.device->id, name_of(*format.needs))
        : d.compute ? std::string("--dtype")
                    : std::string("a weight-only format");
    notes.push_back(note("computed_in",
                         formatted("{} weights are stored so and multiplied in", format.name),
                         name_of(used), why));
}

}  // namespace

std::string hardware_words(const Deployment& deployment) {
    return formatted("{} x {}", humanize_number(*deployment.gpus), deployment.device->id);
}

std::string headline(const Deployment& d) {
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
    text +=
        formatted(" · batch {} · prompt {}", humanize_number(*d.batch), humanize_number(*d.isl));
    return d.model->causal ? text + formatted(" · context {}", humanize_number(*d.context)) : text;
}

Record memory_record(const Prepared& prepared, const Outcome& outcome) {
    const MemoryLedger& memory = outcome.memory;
    const Deployment& d = prepared.deployment;
    const auto batch = largest_batch(prepared.workload, memory, *d.context);
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

Bar memory_bar(const Prepared& prepared, const Outcome& outcome) {
    const MemoryLedger& memory = outcome.memory;
    const auto batch = largest_batch(prepared.workload, memory, *prepared.deployment.context);
    return {.name = outcome.layout.gpus() > 1 ? "Memory per GPU" : "Memory",
            .segments = {{"weights", memory.weights},
                         {"KV cache", memory.cache},
                         {"reserve", memory.reserve}},
            .capacity = memory.usable,
            .note = batch ? formatted("batch ≤ {}", humanize_number(*batch)) : std::string()};
}

Value phase_value(const Prepared& prepared, const Outcome& outcome, PhaseKind kind) {
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
        .add("operators", operator_list(prepared, *phase, kind));
}

Record metrics_record(const Outcome& outcome) {
    Record record;
    for (const Metric& metric : metrics()) record.add(metric.key, Value(metric.get(outcome)));
    return record;
}

Record cost_record(const Bill& bill, std::string_view basis, const RentalPrice& price) {
    const std::string_view money = row_of(bill.currency).key;
    const auto side = [&](const std::optional<BillShare>& share) -> Value {
        if (!share) return {};
        return Record()
            .add("share", share->share)
            .add("", Measure(share->rate, bill.currency))
            .add("", Measure(share->per_token, bill.currency));
    };
    const double per_token = (bill.per_output_token * token).in(dollar);
    Record record;
    record.add("basis", basis)
        .add("tokens_per_s", bill.output.in(token / second))
        .add("", Measure(bill.rate, bill.currency))
        .add(formatted("{}_per_1k_output_tokens", money), 1e3 * per_token)
        .add(formatted("{}_per_1m_output_tokens", money), 1e6 * per_token)
        .add(formatted("{}_per_request", money),
             bill.per_request ? Value(bill.per_request->in(dollar)) : Value())
        .add("split",
             Record().add("input", side(bill.input_side)).add("output", side(bill.output_side)));
    return record.add("price", Record()
                                   .add("provider", price.provider)
                                   .add("mode", price.mode.empty() ? Value() : Value(price.mode))
                                   .add("date", price.date.empty() ? Value() : Value(price.date))
                                   .add("sku", price.sku.empty() ? Value() : Value(price.sku))
                                   .add("source", price.from.source)
                                   .add("per_device", Measure(price.rate, price.currency)));
}

std::string price_words(const RentalPrice& price) {
    const std::string amount = humanize(Measure(price.rate, price.currency));
    if (price.date.empty()) return amount + " per device, as given";
    return formatted("{} per device, {} {} of {}{}", amount, price.provider, price.mode, price.date,
                     price.sku.empty() ? "" : " (" + price.sku + ")");
}

std::vector<AssumptionNote> deployment_assumptions(const Prepared& prepared,
                                                   const Assumptions& assumptions) {
    const Deployment& d = prepared.deployment;
    std::vector<AssumptionNote> notes = memory_assumptions(assumptions);
    notes.push_back(note("efficiency", "efficiency of compute, memory and links", 1.0,
                         "a bound, not a forecast"));
    if (!d.device->dram().reported)
        notes.push_back(note("capacity",
                             "the driver's figure is not in the catalog; nominal memory of",
                             Value(d.device->capacity()), d.device->dram().capacity->from.source));
    if (d.device->dram().technology.find("unified") != std::string::npos)
        notes.push_back(note("unified_memory",
                             "memory is shared with the CPU; the system's own share "
                             "is not taken off",
                             Value(), d.device->dram().technology));
    if (d.model->has_experts())
        notes.push_back(note("routing", "tokens choose experts", "independently and evenly",
                             "touched experts: E(1-(1-k/E)^T)"));
    add_widening(prepared, notes);
    for (const std::string& remark : d.model->remarks)
        notes.push_back(note("model", remark, Value(), d.model->from.source));
    if (d.rental)
        notes.push_back(note("price", price_words(*d.rental), Value(), d.rental->from.source));
    return notes;
}

}  // namespace roofline::cli
