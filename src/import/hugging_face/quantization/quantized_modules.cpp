#include "quantized_modules.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>
#include <utility>

namespace roofline::hugging_face {
namespace {

// Which layers a name speaks of: "layers.7.", "layers.1*" (1 and 10 to 19), or all.
struct Layers {
    std::string digits = {};  ///< empty: all
    bool open = false;        ///< further digits may follow
    bool whole = false;       ///< everything in them

    /// Of the first `count` layers; `digits` are not empty.
    std::vector<std::size_t> numbers(std::size_t count) const {
        std::vector<std::size_t> result;
        std::size_t first = 0;
        const char* end = digits.data() + digits.size();
        if (std::from_chars(digits.data(), end, first).ec != std::errc()) return result;
        // 1, then 10 to 19, then 100 to 199.
        for (std::size_t span = 1; first < count; first *= 10, span *= 10) {
            for (std::size_t i = first; i < std::min(first + span, count); ++i) result.push_back(i);
            if (!open || first == 0) break;
        }
        return result;
    }
};

Layers layers_of(std::string_view module) {
    Layers layers;
    const auto at = module.find("layers.");
    if (at == std::string_view::npos) return layers;
    std::size_t i = at + std::string_view("layers.").size();
    while (i < module.size() && std::isdigit(static_cast<unsigned char>(module[i])) != 0)
        layers.digits += module[i++];
    const std::string_view rest = module.substr(i);
    layers.open = rest == "*";
    layers.whole = !layers.digits.empty() && (rest.empty() || rest == "*" || rest == ".*");
    return layers;
}

bool has(const Layer& layer, Component component) {
    const bool experts = routed_experts(layer.feed_forward) != nullptr;
    if (component == Component::attention) return !layer.mixers.empty();
    if (component == Component::dense) return widens(layer.feed_forward) && !experts;
    return experts;
}

/// Weights of a mixer: those that project its results out, and all.
struct Projections {
    double hidden;

    using Pair = std::pair<double, double>;

    Pair operator()(const GroupedQuery& a) const {
        const double out = a.heads * a.value_dim * hidden;
        const double in = (a.heads * a.head_dim + a.kv_heads * (a.head_dim + a.value_dim)) * hidden;
        return {out, out + in};
    }
    Pair operator()(const LatentAttention& a) const {
        const double query = a.heads * (a.nope_dim + a.rope_dim);
        const double out = a.heads * a.value_dim * hidden;
        const double rank = a.query_rank > 0 ? a.query_rank : hidden;
        const double in = hidden * ((a.query_rank > 0 ? rank : 0) + a.kv_rank + a.rope_dim) +
                          rank * query + a.kv_rank * a.heads * (a.nope_dim + a.value_dim);
        return {out, out + in};
    }
    Pair operator()(const CompressedAttention& a) const {
        const double out = (a.heads * a.head_dim + a.output_groups * hidden) * a.output_rank;
        const double in = a.query_rank * (hidden + a.heads * a.head_dim) + hidden * a.head_dim;
        return {out, out + in};
    }
    // Gate and input in, one out.
    Pair operator()(const Recurrent auto&) const { return {1, 3}; }
};

// The share of a layer's attention that projects its results out.
double output_share(const Model& model) {
    double outward = 0;
    double all = 0;
    for (const Layer& layer : model.layers)
        for (const Mixer& mixer : layer.mixers) {
            const auto [out, whole] = std::visit(Projections{model.hidden}, mixer);
            outward += out * layer.count;
            all += whole * layer.count;
        }
    return all > 0 ? outward / all : 0;
}

// The matrix of a part that a name ends in; "" where it names them all.
std::string_view matrix_in(std::string_view module, Component component) {
    const auto holds = [&](std::string_view word) {
        return module.find(word) != std::string_view::npos;
    };
    if (component == Component::attention) {
        if (holds("o_proj") || holds("out_proj") || holds("wo_")) return "out";
        for (const std::string_view word : {"q_", "k_", "v_", "qkv", "kv_", "in_proj"})
            if (holds("." + std::string(word))) return "in";
    }
    if (component == Component::dense && !holds("("))
        for (const std::string_view word : {"down_proj", "up_proj", "gate_proj"})
            if (holds(word)) return word;
    return {};
}

// Parts of one layer's share that were named, each once.
struct NamedShare {
    std::set<std::string_view> parts;

    double share(Component component, double outward) const {
        if (parts.contains("")) return 1;
        double sum = 0;
        constexpr double of_three = 1.0 / 3;
        for (const std::string_view part : parts)
            sum += component == Component::dense ? of_three : part == "out" ? outward : 1 - outward;
        return std::min(sum, 1.0);
    }
};

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
    constexpr std::array<std::string_view, 9> of_mixers{
        "attn", "q_proj", "k_proj", "v_proj", "o_proj", "qkv_proj", "kv_a_", "in_proj", "out_proj"};
    if (std::ranges::any_of(of_mixers, holds)) return Component::attention;
    if (holds("mlp") || holds("up_proj") || holds("down_proj") || holds("ffn"))
        return Component::dense;
    return std::nullopt;
}

namespace {

constexpr std::array block_parts{Component::attention, Component::dense, Component::experts,
                                 Component::shared_experts};

/// What was named of every part of every layer.
class NamedParts {
  public:
    explicit NamedParts(const Model& model) : model_(model) {
        for (auto& layers : named_) layers.resize(model.layers.size());
    }

    void add(std::string_view module) {
        const Layers where = layers_of(module);
        const auto component = component_of(module);
        if (!where.whole && !component) return;
        if (where.digits.empty()) {
            everywhere_[static_cast<std::size_t>(*component)].parts.insert(
                matrix_in(module, *component));
            return;
        }
        for (const std::size_t layer : where.numbers(model_.layers.size()))
            if (where.whole)
                for (auto& layers : named_) layers[layer].parts.insert("");
            else
                named_[static_cast<std::size_t>(*component)][layer].parts.insert(
                    matrix_in(module, *component));
    }

    double share(Component part, double outward) const {
        const auto& layers = named_[static_cast<std::size_t>(part)];
        const auto& everywhere = everywhere_[static_cast<std::size_t>(part)].parts;
        double holders = 0;
        double named = 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (!has(model_.layers[i], part)) continue;
            NamedShare here = layers[i];
            here.parts.insert(everywhere.begin(), everywhere.end());
            ++holders;
            named += here.share(part, outward);
        }
        return holders > 0 ? named / holders : 0;
    }

  private:
    const Model& model_;
    std::array<std::vector<NamedShare>, component_count> named_;
    std::array<NamedShare, component_count> everywhere_;  ///< where no layer is named
};

}  // namespace

std::array<double, component_count> named_shares(const std::vector<std::string>& modules,
                                                 const Model& model) {
    std::array<double, component_count> shares = {};
    if (modules.empty()) return shares;
    NamedParts named(model);
    for (const std::string& module : modules) named.add(module);
    const double outward = output_share(model);
    for (const Component part : block_parts)
        shares[static_cast<std::size_t>(part)] = named.share(part, outward);
    return shares;
}

}  // namespace roofline::hugging_face
