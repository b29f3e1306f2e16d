#include "input/json.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <cmath>

namespace roofline::hugging_face {
namespace {

constexpr Names expand_names{"mamba_expand", "expand"};
constexpr Names kernel_names{"conv_kernel", "mamba_d_conv"};

// A number, or nothing where the file says "auto".
std::optional<double> unless_auto(Config& config, const Names& names) {
    const JsonValue* found = config.find(names);
    if (found == nullptr || found->text() != nullptr) return std::nullopt;
    return config.number(names);
}

// Channels of Mamba: given, or a multiple of the hidden width.
double channels(Config& config, const Frame& frame) {
    const double usual = config.number(expand_names).value_or(2) * frame.hidden;
    if (const auto given = config.number({"mamba_d_ssm"})) return *given;
    if (!is_attention_free(config)) return usual;
    return config.number({"intermediate_size"}).value_or(usual);
}

StateSpace read_mamba_2(Config& config, const Frame& frame, double heads) {
    const bool free = is_attention_free(config);
    const auto dim = free
                         ? config.number({"head_dim"})
                         : unless_auto(config, {"mamba_head_dim", "mamba_d_head", "mamba_headdim"});
    const double width = channels(config, frame);
    config.find({"time_step_rank"});  // of Mamba alone
    const std::string type = config.text({"mamba_ssm_cache_dtype"}).value_or("float32");
    return {.heads = heads,
            .head_dim = dim ? *dim : width / heads,
            .groups = config.required({"n_groups", "mamba_n_groups", "mamba_ngroups"}),
            .state_dim = config.required({"ssm_state_size", "mamba_d_state", "state_size"}),
            .conv_kernel = config.required(kernel_names),
            .state_bytes = type == "float32" || type == "auto" ? 4.0 : 2.0};
}

SelectiveState read_plamo(Config& config, const Frame& frame, double heads) {
    constexpr double least_rank = 64;
    constexpr double share_of_hidden = 16;
    return {.channels = heads * config.required({"hidden_size_per_head"}),
            .state_dim = config.required({"mamba_d_state"}),
            .step_rank = std::max(least_rank, std::floor(frame.hidden / share_of_hidden)),
            .steps = heads,
            .conv_kernel = config.required({"mamba_d_conv"})};
}

SelectiveState read_mamba_1(Config& config, const Frame& frame) {
    constexpr double share_of_hidden = 16;
    const double width = channels(config, frame);
    return {.channels = width,
            .state_dim = config.required({"mamba_d_state", "state_size"}),
            .step_rank = unless_auto(config, {"mamba_dt_rank", "time_step_rank"})
                             .value_or(std::ceil(frame.hidden / share_of_hidden)),
            .steps = width,
            .conv_kernel = config.required(kernel_names)};
}

// Files of the library mamba_ssm, with its defaults.
Mixer read_mamba_ssm(Config& config, const Frame& frame) {
    constexpr double expand = 2;
    constexpr double kernel = 4;
    constexpr double head_dim = 64;
    if (!config.numbers({"attn_layer_idx"}).empty())
        config.refuse("attn_layer_idx", "(attention between Mamba layers) is not modelled");
    const double width = config.number({"ssm_cfg.expand"}).value_or(expand) * frame.hidden;
    const double columns = config.number({"ssm_cfg.d_conv"}).value_or(kernel);
    if (config.text({"ssm_cfg.layer"}).value_or("Mamba1") == "Mamba2") {
        const double dim = config.number({"ssm_cfg.headdim"}).value_or(head_dim);
        constexpr double state = 128;
        return StateSpace{.heads = width / dim,
                          .head_dim = dim,
                          .groups = config.number({"ssm_cfg.ngroups"}).value_or(1),
                          .state_dim = config.number({"ssm_cfg.d_state"}).value_or(state),
                          .conv_kernel = columns};
    }
    constexpr double state = 16;
    return SelectiveState{.channels = width,
                          .state_dim = config.number({"ssm_cfg.d_state"}).value_or(state),
                          .step_rank = std::ceil(frame.hidden / 16),
                          .steps = width,
                          .conv_kernel = columns};
}

// Kimi delta attention; an output gate through a projection as narrow as a head, or in one step.
LinearAttention read_kimi(Config& config, double heads, double dim, double kernel, bool full_gate) {
    if (dim == 0 || heads == 0) config.refuse("linear_attn_config", "has no heads or head_dim");
    return {.key_heads = heads,
            .key_dim = dim,
            .value_heads = heads,
            .value_dim = dim,
            .conv_kernel = kernel,
            .decay = Decay::channel,
            .gate_rank = full_gate ? 0 : dim};
}

}  // namespace

Mixer read_state_space(Config& config, const Frame& frame) {
    if (config.has({"ssm_cfg"})) return read_mamba_ssm(config, frame);
    const auto heads = config.number({"mamba_num_heads", "mamba_n_heads", "n_mamba_heads"});
    if (heads && config.has({"mamba_step"})) return read_plamo(config, frame, *heads);
    if (heads) return read_mamba_2(config, frame, *heads);
    if (is_attention_free(config) && config.has({"num_heads"}))
        return read_mamba_2(config, frame, config.required({"num_heads"}));
    return read_mamba_1(config, frame);
}

Mixer read_linear(Config& config, const Frame& frame) {
    if (config.has({"linear_attn_config"})) {
        const double kernel =
            config.number({"linear_attn_config.short_conv_kernel_size"}).value_or(0);
        config.find({"linear_attn_config.kda_layers", "linear_attn_config.gate_lower_bound"});
        return read_kimi(config, config.number({"linear_attn_config.num_heads"}).value_or(0),
                         config.number({"linear_attn_config.head_dim"}).value_or(0), kernel,
                         config.flag({"linear_attn_config.use_full_rank_gate"}).value_or(false));
    }
    const auto dim = config.number({"head_dim", "linear_head_dim"});
    if (!config.has({"linear_num_key_heads"})) {
        const double heads = config.required(head_names);
        const double width = dim.value_or(frame.hidden / heads);
        if (const auto kernel = config.number({"short_conv_kernel_size"}))
            return read_kimi(config, heads, width, *kernel, false);
        return LinearAttention{.key_heads = heads,
                               .key_dim = width,
                               .value_heads = heads,
                               .value_dim = width,
                               .decay = Decay::constant};
    }
    return LinearAttention{.key_heads = config.required({"linear_num_key_heads"}),
                           .key_dim = config.required({"linear_key_head_dim"}),
                           .value_heads = config.required({"linear_num_value_heads"}),
                           .value_dim = config.required({"linear_value_head_dim"}),
                           .conv_kernel = config.required({"linear_conv_kernel_dim"})};
}

Mixer read_recurrence(Config& config, const Frame& frame) {
    return GatedRecurrence{.channels = config.number({"lru_width"}).value_or(frame.hidden),
                           .blocks = config.required(head_names),
                           .conv_kernel = config.required({"conv1d_width"})};
}

Mixer read_convolution(Config& config, const Frame& frame) {
    config.find({"conv_dim", "conv_dim_out"});  // the hidden width
    return ShortConvolution{.channels = frame.hidden,
                            .conv_kernel = config.required({"conv_L_cache"})};
}

std::optional<Mixer> read_weighted_key_value(Config& config, const Frame& frame) {
    const auto decay = config.number({"decay_low_rank_dim"});
    const auto gate = config.number({"gate_low_rank_dim"});
    constexpr double usual_head = 64;
    if (decay && gate) {
        const double dim = config.number({"head_dim", "head_size"}).value_or(usual_head);
        config.find({"num_heads", "hidden_ratio", "value_dim"});
        return WeightedKeyValue{.heads = frame.hidden / dim,
                                .head_dim = dim,
                                .projections = 4,
                                .low_ranks = *decay + *gate +
                                             config.number({"a_low_rank_dim"}).value_or(0) +
                                             config.number({"v_low_rank_dim"}).value_or(0)};
    }
    if (!frame.family.weighted_key_values) return std::nullopt;
    if (!frame.family.gated_channels)
        config.refuse("model_type", formatted("'{}' needs decay_low_rank_dim and gate_low_rank_dim",
                                              frame.family.model_type));
    constexpr double ranks = 5 * 32 + 64;  // token shift of five inputs, decay
    const double dim = config.number({"head_size", "head_dim"}).value_or(usual_head);
    return WeightedKeyValue{
        .heads = frame.hidden / dim, .head_dim = dim, .projections = 5, .low_ranks = ranks};
}

}  // namespace roofline::hugging_face
