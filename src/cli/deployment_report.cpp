#include "deployment_report.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/workload/element_bytes.hpp"
#include "roofline/workload/parameters.hpp"

#include "deployment_flags.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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

template <typename Predicate>
bool any_mixer(const Model& model, Predicate predicate) {
    return std::ranges::any_of(model.layers,
                               [&](const Layer& layer) { return predicate(layer.mixer); });
}

// Formats and shares that nobody asked for and the catalog does not hold.
void add_conventions(const Prepared& prepared, std::vector<AssumptionNote>& notes) {
    const Deployment& d = prepared.deployment;
    const Model& model = *d.model;
    if (model.causal && prepared.workload.cache.state > Bytes())
        notes.push_back(note("state_bytes", "bytes per element of recurrent states",
                             state_element_bytes, "fp32, as servers keep them"));
    const bool searches = any_mixer(model, [](const Mixer& mixer) {
        const auto* latent = std::get_if<LatentAttention>(&mixer);
        return latent != nullptr && latent->indexer;
    });
    if (searches)
        notes.push_back(note("index_key_bytes", "bytes per element of the sparse indexer's keys",
                             index_key_bytes, "fp8, DeepSeek-V3.2"));
    if (layout_of(d).instance() > 1)
        notes.push_back(note("activation_bytes", "bytes per element sent between GPUs",
                             activation_bytes, "bf16"));
    const double uneven = std::fmod(model.layer_count(), *d.pipeline_parallel);
    if (uneven > 0)
        notes.push_back(note("stages", "layers of the fullest pipeline stage",
                             std::ceil(model.layer_count() / *d.pipeline_parallel),
                             "memory counts that stage"));
    const bool own = *d.weights == model.published.name || row_of(*d.weights).bits >= 16 ||
                     std::ranges::any_of(model.coverage, [&](const Coverage& coverage) {
                         return coverage.storage.format == *d.weights;
                     });
    if (!own) {
        const bool experts_only = weight_plan_of(d).of(Component::attention).format != *d.weights;
        notes.push_back(
            note("coverage", formatted("what {} covers", name_of(*d.weights)),
                 experts_only ? "the routed experts" : "every linear layer of the blocks",
                 "usual for such editions; the model's file names none"));
    }
}

void add_links(const Prepared& prepared, std::vector<AssumptionNote>& notes) {
    const Layout& layout = prepared.workload.layout;
    const std::array uses{std::pair(LinkUse::tensor_parallel, "tensor-parallel traffic"),
                          std::pair(LinkUse::expert_parallel, "expert-parallel traffic"),
                          std::pair(LinkUse::pipeline, "traffic between pipeline stages")};
    for (const auto& [use, words] : uses) {
        const bool in_use =
            std::ranges::any_of(prepared.workload.phases.front().operators,
                                [use = use](const Operator& op) { return op.link == use; });
        if (!in_use) continue;
        const auto link = prepared.deployment.device->link_among(layout.ways(use));
        notes.push_back(note("link", formatted("{} through", words),
                             formatted("{}, {} one way", link->name, humanize(link->per_direction)),
                             "the device's catalog entry"));
    }
}

}  // namespace

std::string hardware_words(const Deployment& deployment) {
    return formatted("{} x {}", humanize_number(*deployment.gpus), deployment.device->id);
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
    const Deployment& d = prepared.deployment;
    std::vector<Row> rows;
    for (const Phase& phase : prepared.workload.phases) {
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
                std::string(name_of(phase.kind))};
        const auto& now = outcome.phase(phase.kind);
        if (now) {
            const PhaseTime& time = now->time;
            for (const Cell& cell :
                 {Cell(Measure(time.flops)), Cell(Measure(time.traffic.total())),
                  Cell(Measure(time.traffic.activations)), Cell(Measure(time.intensity())),
                  Cell(std::string(name_of(time.bound()))), Cell(Measure(time.total())),
                  Cell(now->tokens_per_second.in(token / second))})
                row.push_back(cell);
            const auto hoped = expected ? expected(phase.kind) : std::nullopt;
            row.emplace_back();
            if (hoped) row.back() = Measure(*hoped);
        }
        rows.push_back(std::move(row));
    }
    std::vector<Column> columns;
    for (const std::string_view key : {"model",
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
                                       "expected_s"})
        columns.push_back({.title = "", .key = std::string(key)});
    for (Row& row : rows) row.resize(columns.size());
    return {.title = "",
            .columns = std::move(columns),
            .next = rows_of(std::move(rows)),
            .audience = Audience::machines};
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
    return record.add("price",
                      Record()
                          .add("provider", price.provider)
                          .add("mode", price.mode.empty() ? Value() : Value(price.mode))
                          .add("date", price.date.empty() ? Value() : Value(price.date))
                          .add("sku", price.sku.empty() ? Value() : Value(price.sku))
                          .add("region", price.region.empty() ? Value() : Value(price.region))
                          .add("source", price.from.source)
                          .add("per_device", Measure(price.rate, price.currency)));
}

std::string price_words(const RentalPrice& price) {
    const std::string amount = humanize(Measure(price.rate, price.currency));
    if (price.date.empty()) return amount + " per device, as given";
    return formatted("{} per device, {} {} of {}{}", amount, price.provider, price.mode, price.date,
                     price.sku.empty() ? "" : " (" + price.sku + ")");
}

AssumptionNote expected_note(const Deployment& deployment) {
    const ServingEngine engine = deployment.engine.value_or(default_engine);
    return note("expected", "expected times: shares of the rates and fixed times, served by",
                name_of(engine), "fitted, data/efficiency/serving.json; docs/accuracy.md");
}

std::vector<WarningNote> deployment_warnings(const Prepared& prepared,
                                             const Assumptions& assumptions) {
    const Deployment& d = prepared.deployment;
    std::vector<WarningNote> warnings;
    const Point point = point_of(prepared);
    const double longest = point.isl + point.osl - 1;
    const MemoryLedger at_end =
        memory_of(prepared.workload, *d.device, point.batch, longest, assumptions);
    if (d.model->causal && !at_end.fits())
        warnings.push_back(
            {"W201", formatted("at the end of their answers {} sequences of {} tokens would be {} "
                               "short{}; this looks at {} tokens in the cache",
                               humanize_number(point.batch), humanize_number(longest),
                               humanize(at_end.missing()), *d.gpus > 1 ? " per GPU" : "",
                               humanize_number(point.context))});
    if (*d.data_parallel > 1 && !d.model->has_experts())
        warnings.push_back(
            {"W202",
             formatted("--dp {} spreads the feed-forwards of {}, which has no experts, over "
                       "all ranks; servers do so for experts alone. For copies: --replicas",
                       *d.data_parallel, d.model->id)});
    return warnings;
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
    add_links(prepared, notes);
    add_conventions(prepared, notes);
    add_widening(prepared, notes);
    for (const std::string& remark : d.model->remarks)
        notes.push_back(note("model", remark, Value(), d.model->from.source));
    if (d.rental)
        notes.push_back(note("price", price_words(*d.rental), Value(), d.rental->from.source));
    return notes;
}

}  // namespace roofline::cli
