#include "estimate_derivations.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <array>

namespace roofline {
namespace {

struct TermText {
    StepTerm term;
    std::string_view formula;
    std::string_view parameters;  ///< names, separated by spaces
};

constexpr std::array term_texts{
    TermText{StepTerm::projections, "max(weights / bandwidth, 2 tokens x weights / peak)",
             "weights_bandwidth compute_16bit compute_8bit compute_4bit"},
    TermText{StepTerm::feed_forward, "max(weights / bandwidth, 2 tokens x weights / peak)",
             "weights_bandwidth compute_16bit compute_8bit compute_4bit"},
    TermText{StepTerm::experts, "max(touched experts / bandwidth, padded rows / peak)",
             "weights_bandwidth fp8_experts_bandwidth experts_compute block_experts_compute "
             "expert_spread expert_padding_rows"},
    TermText{StepTerm::shared_experts, "max(weights / bandwidth, 2 tokens x weights / peak)",
             "weights_bandwidth"},
    TermText{StepTerm::decode_attention, "sequences x max(cache / bandwidth, FLOP / peak)",
             "cache_bandwidth decode_attention_compute"},
    TermText{StepTerm::prefill_attention, "FLOP of all pairs / peak", "prefill_attention_compute"},
    TermText{StepTerm::lm_head, "max(weights / bandwidth, 2 sequences x weights / peak)",
             "weights_bandwidth"},
    TermText{StepTerm::activations, "passes x widths x 2 B x tokens / bandwidth",
             "activation_passes expert_activation_passes activation_bandwidth"},
    TermText{StepTerm::communication,
             "calls x (latency + root x sqrt(X) + X / share), X = bytes / link",
             "all_reduce_latency network_latency all_reduce_root all_reduce_bandwidth "
             "all_to_all_latency all_to_all_bandwidth"},
    TermText{StepTerm::launches, "layers x fixed time of their kind",
             "layer_time latent_layer_time sparse_layer_time linear_layer_time block_layer_time "
             "nvfp4_layer_time widened_mxfp4_layer_time prefill_layer_time trtllm_layer_share"},
    TermText{StepTerm::drafts, "guesses x (layers of a step / their number + lm_head)", ""},
    TermText{StepTerm::sequences, "sequences x fixed time",
             "vllm_sequence_time sglang_sequence_time trtllm_sequence_time"},
};

std::string parameter_words(std::string_view names, const Efficiency& efficiency) {
    std::string text;
    for (const EfficiencyRow& row : efficiency_rows()) {
        if ((" " + std::string(names) + " ").find(" " + std::string(row.name) + " ") ==
            std::string::npos)
            continue;
        text += formatted("{}{} {}", text.empty() ? "" : ", ", row.name,
                          humanize(Measure(efficiency.*row.member, row.dimension)));
    }
    return text.empty() ? "a module of one layer of the model's own kind guesses"
                        : text + " (fitted, data/efficiency/serving.json)";
}

}  // namespace

std::vector<Derivation> service_derivations(const PreparedService& service,
                                            const ServedOutcome& outcome) {
    const SteadyState& state = outcome.state;
    std::vector<Derivation> steps;
    for (const TermText& text : term_texts) {
        const TokenTerm time = token_term(state, text.term);
        if (time.step == Seconds() && time.prompts == Seconds()) continue;
        steps.push_back({.path = formatted("time per token, {}", name_of(text.term)),
                         .formula = std::string(text.formula),
                         .numbers = formatted("{} of a decode step + {} of {:.4g} prompts = {}",
                                              humanize(time.step, 4), humanize(time.prompts, 4),
                                              state.prompts_per_token, humanize(time.total(), 4)),
                         .source = parameter_words(text.parameters, service.efficiency)});
    }
    steps.push_back(
        {.path = "result.tpot_s",
         .formula = "decode step + interference x prompts that interrupt a token x prompt",
         .numbers = formatted("{} + {:.4g} x {} = {}", humanize(state.decode_step.total(), 4),
                              state.prompts_per_token, humanize(state.prompt_step.total(), 4),
                              humanize(state.time_per_token, 4)),
         .source = formatted("a steady state of {} requests; {}", humanize_number(state.requests),
                             parameter_words("interference", service.efficiency))});
    steps.push_back(
        {.path = "result.ttft_s",
         .formula = "front end + wait for the running step + own prompt + first burst + intervals, "
                    "and the wait for a place in the cache",
         .numbers = formatted("own prompt {}, burst {}, {} of {} requests admitted = {}",
                              humanize(state.own_prefill, 4), humanize(state.burst, 4),
                              humanize_number(state.admitted), humanize_number(state.requests),
                              humanize(outcome.expected.time_to_first_token, 4)),
         .source = parameter_words(
             "vllm_first_token_time sglang_first_token_time trtllm_first_token_time",
             service.efficiency)});
    return steps;
}

}  // namespace roofline
