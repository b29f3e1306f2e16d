#include "expert_layers.hpp"

#include <algorithm>

namespace roofline::hugging_face {
namespace {

// Pairs are of text and of images: the first counts.
std::optional<double> first_number(Config& config, const Names& names) {
    const auto numbers_given = config.find(names);
    if (numbers_given == nullptr) return std::nullopt;
    if (numbers_given->array() == nullptr) return config.number(names);
    const auto numbers = config.numbers(names);
    return numbers.empty() ? std::nullopt : std::optional(numbers.front());
}

bool divides(double value, double by) {
    return by < 1 || static_cast<long>(value) % static_cast<long>(by) == 0;
}

}  // namespace

ExpertLayers::ExpertLayers(Config& config)
    : types_(config.texts({"mlp_layer_types"})),
      dense_(config.numbers({"mlp_only_layers"})),
      listed_(config.numbers({"moe_layers_enum"})) {
    first_ =
        config.number({"first_k_dense_replace", "num_dense_layers", "moe.first_k_dense_replace"})
            .value_or(0);
    const JsonValue* frequency = config.find({"moe_layer_freq"});
    if (frequency != nullptr && frequency->array() != nullptr)
        flags_ = config.numbers({"moe_layer_freq"});
    else
        period_ = config.number({"moe_layer_freq", "moe.route_every_n"}).value_or(1);
    step_ = config
                .number({"decoder_sparse_step", "interleave_moe_layer_step", "moe_layer_interval",
                         "moe_layer_frequency"})
                .value_or(1);
    if (const auto period = config.number({"expert_layer_period"})) {
        period_ = *period;
        offset_ = config.number({"expert_layer_offset"}).value_or(0);
    }
    first_ = first_number(config, {"moe_layer_start_index"}).value_or(first_);
    const JsonValue* last = config.find({"moe_layer_end_index"});
    const bool to_the_end = last != nullptr && last->number() != nullptr && *last->number() < 0;
    if (!to_the_end) last_ = first_number(config, {"moe_layer_end_index"}).value_or(last_);
}

bool ExpertLayers::operator()(std::size_t layer) const {
    if (layer < types_.size()) return types_[layer] != "dense";
    if (layer < flags_.size()) return flags_[layer] != 0;
    const auto number = static_cast<double>(layer);
    const auto among = [&](const std::vector<double>& list) {
        return std::ranges::find(list, number) != list.end();
    };
    if (!listed_.empty()) return among(listed_);
    if (among(dense_) || number < first_ || number > last_) return false;
    return divides(number + 1, step_) && divides(number - offset_, period_);
}

}  // namespace roofline::hugging_face
