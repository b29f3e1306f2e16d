#include "roofline/serving/closed_loop.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr int most_rounds = 24;
constexpr double close_enough = 1e-5;

StepTime scaled(const StepTime& time, double scale) {
    StepTime result;
    for (std::size_t i = 0; i < step_term_count; ++i) result.by_term[i] = scale * time.by_term[i];
    return result;
}

StepTime difference(const StepTime& more, const StepTime& less) {
    StepTime result;
    for (std::size_t i = 0; i < step_term_count; ++i)
        result.by_term[i] = more.by_term[i] - less.by_term[i];
    return result;
}

}  // namespace

Load load_of(const Deployment& d) {
    return {.concurrency = d.concurrency.value_or(1),
            .prompt = *d.isl,
            .answer = *d.osl,
            .equal_lengths = d.lengths == Lengths::equal,
            .poll_steps = *d.poll_steps,
            .stream_interval = *d.stream_interval,
            .waves = d.waves.value_or(0)};
}

double cache_capacity(const Workload& workload, const Device& device, const Load& load,
                      ServingEngine engine) {
    constexpr double least_share = 0.02;  // a server that starts at all has this much left
    const ServingEngineRow& row = row_of(engine);
    const double written = row.reserves_ahead ? load.answer : load.answer / 2;
    const Bytes one = workload.cache.held(load.prompt + written);
    const Bytes taken = workload.weights + row.reserve;
    const Bytes free = row.cache_memory == CacheMemory::share_of_rest
                           ? (device.capacity() - taken) * row.memory_share
                           : device.capacity() * row.memory_share - taken;
    const Bytes left = std::max(free, device.capacity() * least_share);
    return workload.layout.data * std::max(left / one, 1.0);
}

SteadyState steady_state(const ServedModel& model, const Load& load, double capacity,
                         ServingEngine engine, const Efficiency& e, const Scales& scales) {
    const bool alone = row_of(engine).prefills_alone;
    constexpr double tokens_of_a_step = 8192;  // that engines put into one step by default
    SteadyState now{.requests = load.concurrency,
                    .capacity = capacity,
                    .admitted = std::min(load.concurrency, capacity)};
    const double admitted = now.admitted;
    // Equal requests finish together and come back together: two prompts share a step.
    const bool bunched = load.equal_lengths && !alone && admitted > 1;
    const double together = bunched ? std::clamp(tokens_of_a_step / load.prompt, 1.0, 2.0) : 1;
    const double lockstep = alone && load.equal_lengths ? 1 : 0;
    const double first_wave = load.waves > 0 ? 1 / load.waves : 0;
    const Seconds front_end = engine_efficiency(e, engine).first_token_time * second;
    now.decoding = admitted;
    Seconds wait;        // an admitted request's time to first token
    double stepped = 1;  // sequences of the step looked at
    for (int round = 0; round < most_rounds && !now.converged; ++round) {
        const Seconds before = now.time_per_token;
        stepped = std::max(now.decoding, 1.0);
        const StepTime plain = model.time_of({.sequences = stepped});
        now.decode_step = scaled(plain, scales.decode_step);
        const Seconds step = now.decode_step.total();
        if (alone) {
            now.prompt_step = model.time_of({.prompt_tokens = load.prompt});
        } else {
            const double others = std::max(now.decoding - 1, 0.0);
            now.prompt_step = difference(
                model.time_of({.prompt_tokens = load.prompt, .sequences = others}), plain);
        }
        const Seconds prompt = std::max(now.prompt_step.total(), Seconds());
        const Seconds answer = load.answer * now.time_per_token;
        const double interrupting =
            std::max(admitted - together, 0.0) * (round == 0 ? 1 : answer / (wait + answer));
        now.prompts_per_token =
            scales.interference * e.interference * (1 - lockstep / 2) * interrupting / load.answer;
        now.time_per_token = step + now.prompts_per_token * prompt;
        const Seconds answering = load.answer * now.time_per_token;
        now.own_prefill = alone ? prompt : together * prompt + step;
        now.prefill_share = std::min(prompt * admitted / (wait + answering), 0.95);
        now.burst = std::max(first_wave, lockstep / 2) * (admitted - 1) / 2 * prompt;
        wait = front_end +
               0.5 * (now.prefill_share * now.own_prefill + (1 - now.prefill_share) * step) +
               now.own_prefill + now.burst + 0.5 * (load.poll_steps - 1) * now.time_per_token +
               (load.stream_interval - 1) * now.time_per_token;
        now.decoding = admitted * (answering / (wait + answering));
        const double change = std::abs(now.time_per_token / std::max(before, second * 1e-12) - 1);
        now.converged = change < close_enough;
    }
    if (!alone)
        now.displaced = difference(
            now.decode_step, scaled(model.time_of({.sequences = stepped - 1}), scales.decode_step));
    const Seconds request = wait + load.answer * now.time_per_token;
    const Seconds queue = (load.concurrency - admitted) / admitted * (1 - first_wave / 2) * request;
    now.time_to_first_token = scales.first_token * (wait + queue);
    return now;
}

}  // namespace roofline
