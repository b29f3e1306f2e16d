#include "format_assumptions.hpp"

#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>

namespace roofline {
namespace {

// Weights stored in a format that the device does not multiply are widened, and the answer says so.
void add_widening(const Deployment& d, std::vector<AssumptionNote>& notes) {
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
    notes.push_back(AssumptionNote{
        "computed_in", formatted("{} weights are stored so and multiplied in", format.name),
        name_of(used), why});
}

// A published edition is an edition of its own: what it leaves in 16 bits is its maker's choice.
void add_edition(const Deployment& d, std::vector<AssumptionNote>& notes) {
    for (const Coverage& coverage : d.model->coverage) {
        if (coverage.edition.empty() || coverage.storage.format != *d.weights) continue;
        std::vector<std::string> covered;
        for (const Component component : coverage.covers) covered.emplace_back(name_of(component));
        std::string words = joined(covered, ", ");
        if (coverage.wide_layers > 0)
            words += formatted(" of all layers but {}", coverage.wide_layers);
        notes.push_back(AssumptionNote{
            "edition", formatted("{} as in {}, of", name_of(*d.weights), coverage.edition), words,
            "the rest stays in 16 bits"});
    }
}

// `quant` says otherwise than a file that is quantised, or whose way to quantise is not known.
void add_overridden(const Deployment& d, std::vector<AssumptionNote>& notes) {
    const Model& model = *d.model;
    const bool quantised = row_of(model.published.name).bits < 16;
    if (*d.weights == model.published.name || (!quantised && model.unread_format.empty())) return;
    notes.push_back(AssumptionNote{
        "file_format",
        formatted("weights as asked in {}, where its source says", name_of(*d.weights)),
        model.unread_format.empty() ? std::string(name_of(model.published.name))
                                    : std::string("what is not known"),
        "`quant`", false, std::string(), true});
}

// What a format covers where the model's file does not say.
void add_coverage(const Deployment& d, std::vector<AssumptionNote>& notes) {
    const Model& model = *d.model;
    const bool own = *d.weights == model.published.name || row_of(*d.weights).bits >= 16 ||
                     std::ranges::any_of(model.coverage, [&](const Coverage& coverage) {
                         return coverage.storage.format == *d.weights;
                     });
    const WeightPlan plan = weight_plan_of(d);
    const WeightFormat table = plan.of(Component::embedding).format;
    if (!own && row_of(table).bits < 16) {
        notes.push_back(AssumptionNote{"coverage", formatted("what {} covers", name_of(*d.weights)),
                                       formatted("every matrix but the router's, lm_head as {}",
                                                 name_of(plan.of(Component::lm_head).format)),
                                       "as llama.cpp writes its files"});
    } else if (!own) {
        const bool experts_only = plan.of(Component::attention).format != *d.weights;
        notes.push_back(
            AssumptionNote{"coverage", formatted("what {} covers", name_of(*d.weights)),
                           experts_only ? "the routed experts" : "every linear layer of the blocks",
                           "usual for such editions; the model's file names none"});
    }
}

}  // namespace

void add_format_assumptions(const Deployment& deployment, std::vector<AssumptionNote>& notes) {
    add_overridden(deployment, notes);
    add_edition(deployment, notes);
    add_coverage(deployment, notes);
    add_widening(deployment, notes);
}

}  // namespace roofline
