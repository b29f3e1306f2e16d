#include "roofline/catalog/model.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace roofline {
namespace {

constexpr std::array<std::string_view, component_count> component_names{
    "embedding", "attention", "dense", "experts", "shared_experts", "router", "norms", "lm_head"};

constexpr double narrow_bits = 4;

std::vector<Component> usual_coverage(const Model& model, WeightFormat format) {
    if (model.has_experts() && row_of(format).bits <= narrow_bits) return {Component::experts};
    return {Component::attention, Component::dense, Component::experts, Component::shared_experts};
}

// What llama.cpp's quantize makes of a file (llama_tensor_get_type): every matrix but the router's
// is stored in the format, and lm_head in Q6_K where the others have 4 bits. A table that is
// lm_head too is stored like it.
struct LlamaCppFile {
    WeightFormat name;
    WeightFormat matrices;
    WeightFormat experts;
    WeightFormat embedding;
    WeightFormat lm_head;
};

constexpr std::array llama_cpp_files{
    LlamaCppFile{WeightFormat::q8_0, WeightFormat::q8_0, WeightFormat::q8_0, WeightFormat::q8_0,
                 WeightFormat::q8_0},
    LlamaCppFile{WeightFormat::q6_k, WeightFormat::q6_k, WeightFormat::q6_k, WeightFormat::q6_k,
                 WeightFormat::q6_k},
    // Q4_K in the table of tokens has the bits of q4_0.
    LlamaCppFile{WeightFormat::q4_k_m, WeightFormat::q4_k_m, WeightFormat::q4_k_m,
                 WeightFormat::q4_0, WeightFormat::q6_k},
    LlamaCppFile{WeightFormat::q4_0, WeightFormat::q4_0, WeightFormat::q4_0, WeightFormat::q4_0,
                 WeightFormat::q6_k},
    LlamaCppFile{WeightFormat::mxfp4_moe, WeightFormat::q8_0, WeightFormat::mxfp4,
                 WeightFormat::q8_0, WeightFormat::q8_0},
};

WeightPlan plan_of(const LlamaCppFile& file, bool tied_embeddings) {
    WeightPlan plan{.name = file.name};
    for (const Component component :
         {Component::attention, Component::dense, Component::shared_experts})
        plan.of(component) = {.format = file.matrices};
    plan.of(Component::experts) = {.format = file.experts};
    plan.of(Component::embedding) = {.format = tied_embeddings ? file.lm_head : file.embedding};
    plan.of(Component::lm_head) = {.format = file.lm_head};
    return plan;
}

// Each returns what is wrong with a layer's part, or "".
struct Contradiction {
    static std::string whole(std::initializer_list<std::pair<std::string_view, double>> sizes) {
        for (const auto& [name, size] : sizes)
            if (size != std::floor(size) || !std::isfinite(size))
                return formatted("{} is {}, no whole number", name, size);
        return {};
    }
    static std::string divided(std::string_view what, double number, std::string_view by_what,
                               double by) {
        if (std::fmod(number, by) == 0) return {};
        return formatted("{} {} do not divide {} {}", by, by_what, number, what);
    }

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const GroupedQuery& a) const {
        const std::string sizes = whole({{"heads", a.heads},
                                         {"kv_heads", a.kv_heads},
                                         {"head_dim", a.head_dim},
                                         {"value_dim", a.value_dim}});
        return sizes.empty() ? divided("heads", a.heads, "key-value heads", a.kv_heads) : sizes;
    }
    std::string operator()(const LatentAttention& a) const {
        return whole({{"heads", a.heads}, {"kv_rank", a.kv_rank}, {"query_rank", a.query_rank}});
    }
    std::string operator()(const CompressedAttention& a) const {
        const std::string sizes =
            whole({{"heads", a.heads}, {"head_dim", a.head_dim}, {"ratio", a.ratio}});
        return sizes.empty() ? divided("heads", a.heads, "output groups", a.output_groups) : sizes;
    }
    std::string operator()(const LinearAttention& a) const {
        const std::string sizes = whole({{"key_dim", a.key_dim}, {"value_dim", a.value_dim}});
        return sizes.empty() ? divided("value heads", a.value_heads, "key heads", a.key_heads)
                             : sizes;
    }
    std::string operator()(const StateSpace& a) const {
        const std::string sizes = whole({{"heads", a.heads},
                                         {"head_dim", a.head_dim},
                                         {"groups", a.groups},
                                         {"state_dim", a.state_dim}});
        return sizes.empty() ? divided("heads", a.heads, "groups", a.groups) : sizes;
    }
    std::string operator()(const SelectiveState& a) const {
        return whole({{"channels", a.channels}, {"state_dim", a.state_dim}, {"steps", a.steps}});
    }
    std::string operator()(const GatedRecurrence& a) const {
        return divided("channels", a.channels, "blocks", a.blocks);
    }
    std::string operator()(const ShortConvolution& a) const {
        return whole({{"channels", a.channels}, {"conv_kernel", a.conv_kernel}});
    }
    std::string operator()(const WeightedKeyValue& a) const {
        return whole({{"heads", a.heads}, {"head_dim", a.head_dim}});
    }
    std::string operator()(const DenseFeedForward& f) const { return whole({{"width", f.width}}); }
    std::string operator()(const MixtureOfExperts& f) const {
        if (f.active == 0) return "no expert is active";
        if (f.active > f.experts + f.idle)
            return formatted("{} experts of {} are active", f.active, f.experts);
        return whole({{"experts", f.experts}, {"active", f.active}, {"width", f.width}});
    }
};

// Every kind answers, so that a new one does not compile until it has.
struct IsRecurrent {
    bool operator()(const GroupedQuery&) const { return false; }
    bool operator()(const LatentAttention&) const { return false; }
    bool operator()(const CompressedAttention&) const { return false; }
    bool operator()(const Recurrent auto&) const { return true; }
};

struct KeyValueHeads {
    double operator()(const GroupedQuery& a) const { return a.kv_heads; }
    double operator()(const LatentAttention&) const { return 1; }
    double operator()(const CompressedAttention&) const { return 1; }
    double operator()(const Recurrent auto&) const { return 1; }
};

struct RoutedExperts {
    const MixtureOfExperts* operator()(std::monostate) const { return nullptr; }
    const MixtureOfExperts* operator()(const DenseFeedForward&) const { return nullptr; }
    const MixtureOfExperts* operator()(const MixtureOfExperts& f) const { return &f; }
};

struct Widens {
    bool operator()(std::monostate) const { return false; }
    bool operator()(const DenseFeedForward&) const { return true; }
    bool operator()(const MixtureOfExperts&) const { return true; }
};

}  // namespace

bool is_recurrent(const Mixer& mixer) { return std::visit(IsRecurrent{}, mixer); }
double kv_heads(const Mixer& mixer) { return std::visit(KeyValueHeads{}, mixer); }
bool widens(const FeedForward& block) { return std::visit(Widens{}, block); }

const MixtureOfExperts* routed_experts(const FeedForward& block) {
    return std::visit(RoutedExperts{}, block);
}

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
    return std::ranges::any_of(
        layers, [](const Layer& layer) { return routed_experts(layer.feed_forward) != nullptr; });
}

std::string unread_words(const Model& model, std::span<const std::string> agreed) {
    std::vector<std::string> words;
    for (const UnreadKey& key : model.unread)
        if (std::ranges::find(agreed, key.name) == agreed.end())
            words.push_back(formatted("'{}' (line {}, column {})", key.name, key.line, key.column));
    return words.empty() ? "" : join_words(words, "and");
}

std::string contradiction_in(const Model& model) {
    const Contradiction check;
    std::string found =
        Contradiction::whole({{"hidden", model.hidden}, {"vocabulary", model.vocabulary}});
    for (const Layer& layer : model.layers) {
        for (const Mixer& mixer : layer.mixers)
            if (found.empty()) found = std::visit(check, mixer);
        if (found.empty()) found = std::visit(check, layer.feed_forward);
    }
    return found;
}

WeightPlan weight_plan(const Model& model, WeightFormat format) {
    const auto file = std::ranges::find(llama_cpp_files, format, &LlamaCppFile::name);
    if (file != llama_cpp_files.end()) return plan_of(*file, model.tied_embeddings);
    WeightPlan plan{.name = format};
    if (row_of(format).bits >= 16) {
        plan.by_component.fill({.format = format});
        return plan;
    }
    const auto own = std::ranges::find_if(model.coverage, [&](const Coverage& coverage) {
        return coverage.storage.format == format;
    });
    const bool known = own != model.coverage.end();
    for (const Component component : known ? own->covers : usual_coverage(model, format))
        plan.of(component) = known ? own->storage : Storage{.format = format};
    if (known && own->wide_layers > 0)
        for (const Component component : own->covers)
            plan.of(component).wide_share = own->wide_layers / model.layer_count();
    return plan;
}

}  // namespace roofline
