#include "quantized_modules.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace roofline::hugging_face {
namespace {

// The number after "layers." in a module's name, or nothing when the name stands for all layers.
std::optional<int> layer_of(std::string_view module) {
    const auto at = module.find("layers.");
    if (at == std::string_view::npos) return std::nullopt;
    int number = 0;
    bool any = false;
    for (std::size_t i = at + 7; i < module.size(); ++i) {
        const auto c = static_cast<unsigned char>(module[i]);
        if (std::isdigit(c) == 0) break;
        number = std::min(number * 10 + (c - '0'), 1'000'000);
        any = true;
    }
    return any ? std::optional(number) : std::nullopt;
}

double layers_with(const Model& model, Component component) {
    double count = 0;
    for (const Layer& layer : model.layers) {
        const bool experts = routed_experts(layer.feed_forward) != nullptr;
        const bool has = component == Component::attention ? mixes(layer.mixer)
                         : component == Component::dense   ? widens(layer.feed_forward) && !experts
                                                           : experts;
        if (has) count += layer.count;
    }
    return count;
}

}  // namespace

std::optional<Component> component_of(std::string_view module) {
    const auto holds = [&](std::string_view word) {
        return module.find(word) != std::string_view::npos;
    };
    for (const std::string_view other : {"vision", "visual", "mtp", "norm", "indexer"})
        if (holds(other)) return std::nullopt;
    if (holds("lm_head") || module == "head") return Component::lm_head;
    if (holds("embed")) return Component::embedding;
    if (holds("shared_expert_gate") || holds("router") || holds("correction_bias") ||
        module.ends_with("gate"))
        return Component::router;
    if (holds("shared_expert")) return Component::shared_experts;
    if (holds("experts")) return Component::experts;
    if (holds("attn") || holds("mixer.q_") || holds("mixer.k_") || holds("mixer.o_") ||
        holds("mixer.in_proj") || holds("mixer.out_proj"))
        return Component::attention;
    if (holds("mlp") || holds("up_proj") || holds("down_proj") || holds("ffn"))
        return Component::dense;
    return std::nullopt;
}

std::set<Component> excluded_parts(const std::vector<std::string>& modules, const Model& model) {
    std::map<Component, std::set<int>> layers;
    std::set<Component> excluded;
    for (const std::string& module : modules) {
        const auto component = component_of(module);
        if (!component) continue;
        if (const auto layer = layer_of(module))
            layers[*component].insert(*layer);
        else
            excluded.insert(*component);
    }
    for (const auto& [component, numbers] : layers)
        if (2 * static_cast<double>(numbers.size()) >= layers_with(model, component))
            excluded.insert(component);
    return excluded;
}

}  // namespace roofline::hugging_face
