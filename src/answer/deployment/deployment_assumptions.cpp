#include "deployment_assumptions.hpp"

#include "roofline/catalog/efficiency.hpp"

#include "answer/memory/memory_assumptions.hpp"
#include "evaluate/standing_words.hpp"
#include "format_assumptions.hpp"
#include "money_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"
#include "workload/element_bytes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace roofline {
namespace {

AssumptionNote note(std::string id, std::string text, Value value, std::string source) {
    return {std::move(id), std::move(text), std::move(value), std::move(source)};
}

AssumptionNote prominent(AssumptionNote note) {
    note.prominent = true;
    return note;
}

AssumptionNote in_brief(AssumptionNote note, std::string brief) {
    note.brief = std::move(brief);
    return note;
}

struct SearchesInFp8 {
    static bool in_fp8(const std::optional<SparseIndexer>& indexer) {
        return indexer && indexer->keys == Precision::fp8;
    }
    bool operator()(const GroupedQuery& a) const { return in_fp8(a.indexer); }
    bool operator()(const LatentAttention& a) const { return in_fp8(a.indexer); }
    bool operator()(const CompressedAttention& a) const { return in_fp8(a.indexer); }
    bool operator()(const Recurrent auto&) const { return false; }
};

// Formats and shares that nobody asked for and the catalog does not hold.
void add_conventions(const Prepared& prepared, std::vector<AssumptionNote>& notes) {
    const Deployment& d = prepared.deployment;
    const Model& model = *d.model;
    if (model.causal && prepared.workload.cache.state > Bytes())
        notes.push_back(note("state_bytes", "bytes per element of recurrent states",
                             state_element_bytes, "fp32, as servers keep them"));
    const bool searches = std::ranges::any_of(model.layers, [](const Layer& layer) {
        return std::ranges::any_of(
            layer.mixers, [](const Mixer& mixer) { return std::visit(SearchesInFp8{}, mixer); });
    });
    if (searches)
        notes.push_back(note("index_key_bytes", "bytes per element of the sparse indexer's keys",
                             row_of(Precision::fp8).bytes, "fp8, DeepSeek-V3.2"));
    if (layout_of(d).instance() > 1)
        notes.push_back(note("activation_bytes", "bytes per element sent between GPUs",
                             activation_bytes, "bf16"));
    const double uneven = std::fmod(model.layer_count(), *d.pipeline_parallel);
    if (uneven > 0)
        notes.push_back(note("stages", "layers of the fullest pipeline stage",
                             std::ceil(model.layer_count() / *d.pipeline_parallel),
                             "memory counts that stage"));
}

void add_links(const Prepared& prepared, std::vector<AssumptionNote>& notes) {
    const Layout& layout = prepared.workload.layout;
    const std::array uses{std::pair(LinkUse::tensor_parallel, "tensor-parallel traffic"),
                          std::pair(LinkUse::across_nodes, "tensor-parallel traffic across nodes"),
                          std::pair(LinkUse::expert_parallel, "expert-parallel traffic"),
                          std::pair(LinkUse::pipeline, "traffic between pipeline stages")};
    for (const auto& [use, words] : uses) {
        const bool in_use =
            std::ranges::any_of(prepared.workload.phases.front().operators,
                                [use = use](const Operator& op) { return op.link == use; });
        if (!in_use) continue;
        const Deployment& d = prepared.deployment;
        const auto link = d.device->link_among(layout.ways(use));
        const bool named = d.network && link->per_direction == *d.network;
        notes.push_back(note("link", formatted("{} through", words),
                             formatted("{}, {} one way", link->name, humanize(link->per_direction)),
                             named ? "--network" : "the device's catalog entry"));
    }
}

void add_price(const Deployment& d, std::vector<AssumptionNote>& notes) {
    if (d.rental && d.rental->machine && !d.node)
        notes.push_back(
            prominent(note("node", formatted("devices that {} rents joined", price_name(*d.rental)),
                           *d.rental->machine, "the row of its price; --node says otherwise")));
    if (d.rental)
        notes.push_back(
            in_brief(note("price", price_words(d), Value(), price_source(d)), price_brief(d)));
    if (!d.bought) return;
    notes.push_back(note("price", price_words(d), Value(), price_source(d)));
    notes.push_back(note("power", "owned devices draw their nominal power", "all the time",
                         "an upper bound: idle devices draw less"));
}

}  // namespace

void append(std::vector<AssumptionNote> more, std::vector<AssumptionNote>& notes) {
    std::ranges::move(more, std::back_inserter(notes));
}

void append(std::vector<WarningNote> more, std::vector<WarningNote>& notes) {
    std::ranges::move(more, std::back_inserter(notes));
}

std::vector<AssumptionNote> capacity_assumptions(const Device& device) {
    std::vector<AssumptionNote> notes;
    const Memory& dram = device.dram();
    const Figure<Bytes>& planned = device.planned_capacity();
    if (planned.from.confidence == Confidence::rule)
        notes.push_back(note("capacity", "memory that programs get, by a rule",
                             Value(planned.value), planned.from.source));
    else if (!dram.reported && !dram.usable)
        notes.push_back(note("capacity",
                             "the driver's figure is not in the catalog; nominal memory of",
                             Value(device.capacity()), dram.capacity->from.source));
    if (dram.technology.find("unified") != std::string::npos && !dram.usable && !dram.reserved)
        notes.push_back(prominent(note("unified_memory",
                                       "memory is shared with the CPU; the system's own share "
                                       "is not taken off",
                                       Value(), dram.technology)));
    return notes;
}

std::vector<AssumptionNote> routing_assumptions(const Model& model) {
    if (!model.has_experts()) return {};
    return {note("expert_spread",
                 "share s of the experts among which tokens choose, independently and evenly",
                 fitted_efficiency().values.expert_spread,
                 "fitted, data/efficiency/serving.json; touched experts: sE(1-(1-k/(sE))^T)")};
}

std::vector<AssumptionNote> work_assumptions(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    std::vector<AssumptionNote> notes;
    add_links(prepared, notes);
    add_conventions(prepared, notes);
    add_format_assumptions(prepared.deployment, notes);
    for (const std::string& remark : d.model->remarks)
        notes.push_back(prominent(note("model", remark, Value(), d.model->from.source)));
    add_price(d, notes);
    return notes;
}

std::vector<AssumptionNote> bound_assumptions(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    std::vector<AssumptionNote> notes = memory_assumptions(prepared);
    notes.push_back(note("efficiency", "efficiency of compute, memory and links", 1.0,
                         "a bound, not a forecast"));
    append(capacity_assumptions(*d.device), notes);
    append(routing_assumptions(*d.model), notes);
    append(work_assumptions(prepared), notes);
    return notes;
}

AssumptionNote expected_note(const Deployment& deployment) {
    const ServingEngine engine = deployment.engine->program;
    return note("expected", "expected times: shares of the rates and fixed times, served by",
                name_of(engine), "fitted, data/efficiency/serving.json; docs/accuracy.md");
}

std::vector<WarningNote> node_warnings(const Prepared& prepared) {
    const Layout& layout = prepared.workload.layout;
    if (layout.tensor_far() == 1) return {};
    const LinkInUse network = *prepared.deployment.device->link_among(layout.tensor);
    return {
        {"W204", formatted("--tp {} splits every layer across {} nodes of {} GPU{}, over {} a GPU: "
                           "stages (--pp {}) send far less",
                           layout.tensor, layout.tensor_far(), layout.tensor_near(),
                           layout.tensor_near() == 1 ? "" : "s", humanize(network.per_direction),
                           layout.tensor_far())}};
}

std::vector<WarningNote> deployment_warnings(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    std::vector<WarningNote> warnings;
    const LoadPoint point = point_of(prepared);
    const double longest = point.isl + point.osl - 1;
    const MemoryLedger at_end = memory_of(prepared, point.sequences, longest);
    if (at_end.starts() == Starts::marginal) warnings.push_back(doubt_warning(prepared, at_end));
    if (d.model->causal && !at_end.fits())
        warnings.push_back(
            {"W201", formatted("at the end of their answers {} sequences of {} tokens would be {} "
                               "short{}; this looks at {} tokens in the cache",
                               humanize_number(point.sequences), humanize_number(longest),
                               humanize(at_end.missing()), *d.gpus > 1 ? " per GPU" : "",
                               humanize_number(point.context))});
    append(node_warnings(prepared), warnings);
    if (*d.data_parallel > 1 && !d.model->has_experts())
        warnings.push_back(
            {"W202",
             formatted("--dp {} spreads the feed-forwards of {}, which has no experts, over "
                       "all ranks; servers do so for experts alone. For copies: --replicas",
                       *d.data_parallel, d.model->id)});
    return warnings;
}

}  // namespace roofline
