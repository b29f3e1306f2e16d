#include "earlier_deployment.hpp"

#include "roofline/workload/fields.hpp"

#include "gate/earlier_figure.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string text_of(const Field& field, const std::variant<double, std::string>& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const double number = std::get<double>(value);
    return field.kind == FieldKind::share ? formatted("{}%", 100 * number)
                                          : formatted("{}", number);
}

// A name in a baseline is no path: no file is read for it.
FieldValue model_named(const std::string& name, const Target& target, Catalog& catalog) {
    const auto& now = target.deployment.model;
    return now != nullptr && now->id == name ? now : catalog.model(name);
}

}  // namespace

std::optional<Deployment> earlier_deployment(const BaselineTarget& before, const Target& target,
                                             Catalog& catalog) {
    Deployment earlier;
    try {
        for (const Field& field : deployment_fields()) {
            const auto kept = before.asked.find(key_of(field.name));
            if (kept == before.asked.end()) continue;
            const std::string text = text_of(field, kept->second);
            field.set(earlier, field.kind == FieldKind::model
                                   ? model_named(text, target, catalog)
                                   : parse_field(field, text, field.name, catalog));
        }
        if (!earlier.model || !earlier.device) return std::nullopt;
        resolve_price(earlier, catalog);
    } catch (const UserError&) {
        return std::nullopt;
    }
    return earlier;
}

std::vector<Delta> changes_of(const JudgedTarget& judged) {
    std::vector<Delta> changes;
    const BaselineTarget* before = judged.before();
    if (before == nullptr) return changes;
    const auto& now = judged.answered.evaluation;
    for (const Metric& metric : metrics()) {
        Delta delta{.metric = &metric, .from = {}, .to = {}};
        if (const auto kept = before->figures.find(metric.id); kept != before->figures.end())
            delta.from = kept->second;
        if (now) delta.to = metric.get(now->on(judged.answered.target->basis));
        if (delta.from || delta.to) changes.push_back(delta);
    }
    return changes;
}

std::string load_changes_of(const JudgedTarget& judged) {
    const BaselineTarget* before = judged.before();
    const auto& now = judged.answered.evaluation;
    if (before == nullptr || !now) return {};
    return gate::load_changes(before->load, baseline_target(*now, *judged.answered.target).load);
}

bool is_as_before(const JudgedTarget& judged) {
    const auto to_be_said = [](const Check& check) { return check.status != CheckStatus::pass; };
    const BaselineTarget* before = judged.before();
    if (before == nullptr || std::ranges::any_of(judged.checks, to_be_said)) return false;
    if (before->basis != judged.answered.target->basis || !load_changes_of(judged).empty())
        return false;
    return std::ranges::all_of(changes_of(judged), [](const Delta& delta) {
        return delta.from && delta.to && !delta.is_visible();
    });
}

bool all_as_before(const std::vector<const JudgedTarget*>& targets) {
    // What the baseline has and nobody judges was taken out of the budget.
    const auto judges_all_of = [&](const Baseline& baseline) {
        return std::ranges::all_of(baseline.targets, [&](const auto& before) {
            return std::ranges::any_of(targets, [&](const JudgedTarget* one) {
                return one->baseline != nullptr && one->before() == &before.second;
            });
        });
    };
    return std::ranges::all_of(targets, [&](const JudgedTarget* one) {
        return is_as_before(*one) && judges_all_of(*one->baseline);
    });
}

}  // namespace roofline
