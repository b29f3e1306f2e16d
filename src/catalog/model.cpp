#include "roofline/catalog/model.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::array<std::string_view, component_count> component_names{
    "embedding", "attention", "dense", "experts", "shared_experts", "router", "norms", "lm_head"};

constexpr double narrow_bits = 4;

std::vector<Component> usual_coverage(const Model& model, WeightFormat format) {
    if (model.has_experts() && row_of(format).bits <= narrow_bits) return {Component::experts};
    return {Component::attention, Component::dense, Component::experts, Component::shared_experts};
}

}  // namespace

std::string_view name_of(Component component) {
    return component_names[static_cast<std::size_t>(component)];
}

std::optional<Component> find_component(std::string_view name) {
    const auto found = std::ranges::find(component_names, name);
    if (found == component_names.end()) return std::nullopt;
    return static_cast<Component>(found - component_names.begin());
}

double Model::layer_count() const {
    double count = 0;
    for (const Layer& layer : layers) count += layer.count;
    return count;
}

bool Model::has_experts() const {
    return std::ranges::any_of(layers, [](const Layer& layer) {
        return std::holds_alternative<MixtureOfExperts>(layer.feed_forward);
    });
}

WeightPlan weight_plan(const Model& model, WeightFormat format) {
    WeightPlan plan{.name = format};
    if (row_of(format).bits >= 16) {
        plan.by_component.fill({.format = format});
        return plan;
    }
    const auto own = std::ranges::find(model.coverage, format, &Coverage::format);
    const bool known = own != model.coverage.end();
    for (const Component component : known ? own->covers : usual_coverage(model, format))
        plan.of(component) = {.format = format, .group = known ? own->group : 0};
    return plan;
}

}  // namespace roofline
