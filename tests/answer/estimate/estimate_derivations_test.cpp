#include "answer/estimate/estimate_derivations.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace estimate_derivations_test {

using namespace roofline;

namespace {

// Shares of 0.5 and 0.25, times of 2 µs and 3 ms; all other shares 1 and times 0.
PreparedService service() {
    PreparedService made =
        prepare_service(deployed("llama-3.1-8b@h100 concurrency=8"), Efficiency());
    made.efficiency.weights_bandwidth = 0.5;
    made.efficiency.interference = 0.25;
    made.efficiency.expert_padding_rows = 32;
    made.efficiency.layer_time = 2e-6;
    made.efficiency.vllm_first_token_time = 3e-3;
    return made;
}

// 1 ms of a decode step and 4 ms of a prompt, half a prompt to a token: 3 ms of each term.
ServedOutcome outcome(std::initializer_list<StepTerm> terms) {
    SteadyState state{.requests = 1000, .admitted = 800, .prompts_per_token = 0.5};
    for (const StepTerm term : terms) {
        state.decode_step.by_term[static_cast<std::size_t>(term)] = 1 * millisecond;
        state.prompt_step.by_term[static_cast<std::size_t>(term)] = 4 * millisecond;
    }
    state.time_per_token = 9 * millisecond;
    state.own_prefill = 48 * millisecond;
    state.burst = 6 * millisecond;
    return {.state = state, .expected = {.time_to_first_token = 60 * millisecond}};
}

std::string line_of(const Derivation& step) {
    return step.path + " = " + step.formula + "\n  = " + step.numbers + "\n  [" + step.source +
           "]\n";
}

std::string lines(std::initializer_list<StepTerm> terms) {
    std::string text;
    for (const Derivation& step : service_derivations(service(), outcome(terms)))
        text += line_of(step);
    return text;
}

}  // namespace

TEST_CASE("1 ms of a decode step and half of a prompt's 4 ms are 3 ms of a token, term by term") {
    CHECK(
        lines({StepTerm::projections, StepTerm::feed_forward, StepTerm::shared_experts,
               StepTerm::decode_attention, StepTerm::prefill_attention, StepTerm::lm_head})
            .starts_with(
                R"(time per token, projections = max(weights / bandwidth, 2 tokens x weights / peak)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [weights_bandwidth 0.500, compute_16bit 1.00, compute_8bit 1.00, compute_4bit 1.00 (fitted, data/efficiency/serving.json)]
time per token, feed-forward = max(weights / bandwidth, 2 tokens x weights / peak)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [weights_bandwidth 0.500, compute_16bit 1.00, compute_8bit 1.00, compute_4bit 1.00 (fitted, data/efficiency/serving.json)]
time per token, shared experts = max(weights / bandwidth, 2 tokens x weights / peak)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [weights_bandwidth 0.500 (fitted, data/efficiency/serving.json)]
time per token, decode attention = sequences x max(cache / bandwidth, FLOP / peak)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [cache_bandwidth 1.00, decode_attention_compute 1.00 (fitted, data/efficiency/serving.json)]
time per token, prefill attention = FLOP of all pairs / peak
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [prefill_attention_compute 1.00 (fitted, data/efficiency/serving.json)]
time per token, lm_head = max(weights / bandwidth, 2 sequences x weights / peak)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [weights_bandwidth 0.500 (fitted, data/efficiency/serving.json)]
result.tpot_s = )"));
}

TEST_CASE("links, experts, fixed times and guesses name what they rest on") {
    const std::string text = lines({StepTerm::activations, StepTerm::communication,
                                    StepTerm::launches, StepTerm::drafts, StepTerm::sequences});
    CHECK(text.starts_with(
        R"(time per token, activations = passes x widths x 2 B x tokens / bandwidth
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [activation_bandwidth 1.00, activation_passes 0.00, expert_activation_passes 0.00 (fitted, data/efficiency/serving.json)]
time per token, communication = calls x (latency + root x sqrt(X) + X / share), X = bytes / link
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [network_latency 0.00 ns, all_reduce_latency 0.00 ns, all_reduce_root 0.00, all_reduce_bandwidth 1.00, all_to_all_latency 0.00 ns, all_to_all_bandwidth 1.00 (fitted, data/efficiency/serving.json)]
time per token, launches = layers x fixed time of their kind
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [layer_time 2.00 µs, latent_layer_time 0.00 ns, sparse_layer_time 0.00 ns, linear_layer_time 0.00 ns, block_layer_time 0.00 ns, nvfp4_layer_time 0.00 ns, widened_mxfp4_layer_time 0.00 ns, prefill_layer_time 0.00 ns, trtllm_layer_share 1.00 (fitted, data/efficiency/serving.json)]
time per token, drafts = guesses x (layers of a step / their number + lm_head)
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [a module of one layer of the model's own kind guesses]
time per token, sequences = sequences x fixed time
  = 1.000 ms of a decode step + 2.000 ms of 0.5 prompts = 3.000 ms
  [vllm_sequence_time 0.00 ns, sglang_sequence_time 0.00 ns, trtllm_sequence_time 0.00 ns (fitted, data/efficiency/serving.json)]
result.tpot_s = )"));
    const std::string experts = lines({StepTerm::experts});
    CHECK(experts.starts_with(
        "time per token, experts = max(touched experts / bandwidth, padded rows / peak)\n"));
    CHECK(experts.find("experts_compute 1.00, block_experts_compute 1.00, expert_spread 1.00, "
                       "expert_padding_rows 32.0 (fitted, data/efficiency/serving.json)]") !=
          std::string::npos);
}

TEST_CASE(
    "terms that take no time are left out; 3 ms + 0.5 x 12 ms of the rest are the token's 9") {
    const ServedOutcome three =
        outcome({StepTerm::projections, StepTerm::feed_forward, StepTerm::lm_head});
    const auto steps = service_derivations(service(), three);
    REQUIRE(steps.size() == 5);
    CHECK(line_of(steps[3]) ==
          R"(result.tpot_s = decode step + interference x prompts that interrupt a token x prompt
  = 3.000 ms + 0.5 x 12.00 ms = 9.000 ms
  [a steady state of 1,000 requests; interference 0.250 (fitted, data/efficiency/serving.json)]
)");
    CHECK(
        line_of(steps[4]) ==
        R"(result.ttft_s = front end + wait for the running step + own prompt + first burst + intervals, and the wait for a place in the cache
  = own prompt 48.00 ms, burst 6.000 ms, 800 of 1,000 requests admitted = 60.00 ms
  [vllm_first_token_time 3.00 ms, sglang_first_token_time 0.00 ns, trtllm_first_token_time 0.00 ns (fitted, data/efficiency/serving.json)]
)");
}

TEST_CASE("a term that prompts alone have is derived too") {
    ServedOutcome prompts = outcome({});
    prompts.state.prompt_step.by_term[static_cast<std::size_t>(StepTerm::prefill_attention)] =
        4 * millisecond;
    const auto steps = service_derivations(service(), prompts);
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].path == "time per token, prefill attention");
    CHECK(steps[0].numbers == "0.000 ns of a decode step + 2.000 ms of 0.5 prompts = 2.000 ms");
}

}  // namespace estimate_derivations_test
