#include "traits.hpp"

#include <algorithm>

namespace roofline::hugging_face {
namespace {

double shared_width(Config& config, const Frame& frame, double expert_width) {
    if (const auto whole =
            config.number({"shared_expert_intermediate_size", "moe_shared_expert_intermediate_size",
                           "share_expert_dim", "shared_intermediate_size"}))
        return *whole;
    if (const auto count = config.number({"n_shared_experts", "num_shared_experts"}))
        return *count * expert_width;
    if (config.flag({"enable_moe_block"}).value_or(false))  // a dense block beside the experts
        return config.required({"intermediate_size"});
    return frame.family.one_shared_expert ? expert_width : 0;
}

MixtureOfExperts read_experts(Config& config, const Frame& frame, double experts) {
    MixtureOfExperts block{.experts = experts};
    block.active = config.required({"num_experts_per_tok", "experts_per_token",
                                    "num_experts_per_token", "top_k_experts", "moe_topk"});
    block.width =
        config.required({"moe_intermediate_size", "expert_intermediate_size", "intermediate_size"});
    block.shared_width = shared_width(config, frame, block.width);
    config.find({"n_shared_experts", "num_shared_experts"});
    config.find({"intermediate_size", "intermediate_size_mlp"});  // of layers without experts
    block.matrices = frame.family.matrices;
    block.latent = config.number({"moe_latent_size", "routed_expert_hidden_size"}).value_or(0);
    return block;
}

DenseFeedForward read_dense(Config& config, const Frame& frame) {
    constexpr double usual_ratio = 4;
    const auto given = config.number(
        {"intermediate_size_mlp", "intermediate_size", "n_inner", "ffn_dim", "hidden_dim"});
    double width = given.value_or(0);
    if (!given && frame.family.matrices == 2) width = usual_ratio * frame.hidden;
    if (width == 0) width = config.required({"intermediate_size", "n_inner", "ffn_dim"});
    if (frame.family.width_counts_both) width /= 2;
    return {.width = width, .matrices = frame.family.matrices};
}

// Which layers are mixtures of experts, from whichever key the family says it with.
class ExpertLayers {
  public:
    explicit ExpertLayers(Config& config)
        : types_(config.texts({"mlp_layer_types"})),
          dense_(config.numbers({"mlp_only_layers"})),
          first_dense_(config.number({"first_k_dense_replace"}).value_or(0)) {
        const JsonValue* frequency = config.find({"moe_layer_freq"});
        if (frequency != nullptr && frequency->number() != nullptr)
            period_ = *frequency->number();
        else
            flags_ = config.numbers({"moe_layer_freq"});
        const auto step = config.number({"decoder_sparse_step", "interleave_moe_layer_step"});
        if (step) step_ = *step;
        if (const auto period = config.number({"expert_layer_period"})) {
            period_ = *period;
            offset_ = config.number({"expert_layer_offset"}).value_or(0);
        }
    }

    bool operator()(std::size_t layer) const {
        if (layer < types_.size()) return types_[layer] == "sparse" || types_[layer] == "moe";
        if (layer < flags_.size()) return flags_[layer] != 0;
        const auto number = static_cast<double>(layer);
        if (std::ranges::find(dense_, number) != dense_.end()) return false;
        if (number < first_dense_) return false;
        const auto divides = [](double value, double by) {
            return by < 1 || static_cast<long>(value) % static_cast<long>(by) == 0;
        };
        return divides(number + 1, step_) && divides(number - offset_, period_);
    }

  private:
    std::vector<std::string> types_;
    std::vector<double> flags_;
    std::vector<double> dense_;
    double first_dense_;
    double step_ = 1;
    double period_ = 1;
    double offset_ = 0;
};

}  // namespace

std::vector<FeedForward> read_feed_forwards(Config& config, const Frame& frame) {
    const std::string pattern = hybrid_pattern(config);
    const double experts =
        config.number({"num_local_experts", "num_experts", "n_routed_experts"}).value_or(0);
    const ExpertLayers is_expert_layer(config);
    std::vector<FeedForward> blocks;
    for (std::size_t i = 0; i < frame.layers; ++i) {
        const bool hybrid = i < pattern.size();
        const bool none = hybrid && (pattern[i] == 'M' || pattern[i] == '*');
        const bool sparse = experts > 0 && (hybrid ? pattern[i] == 'E' : is_expert_layer(i));
        if (none)
            blocks.emplace_back();
        else if (sparse)
            blocks.emplace_back(read_experts(config, frame, experts));
        else
            blocks.emplace_back(read_dense(config, frame));
    }
    return blocks;
}

}  // namespace roofline::hugging_face
