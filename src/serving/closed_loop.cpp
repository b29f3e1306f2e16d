#include "roofline/serving/closed_loop.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr int most_rounds = 60;
constexpr int direct_rounds = 8;
constexpr double close_enough = 1e-5;
constexpr double steady_share = 1e-4;               // of a request's stay
constexpr Seconds shortest_token = second * 1e-12;  // before the first round there is none
constexpr double most_prefill_share = 0.95;         // of the time: some is always left to decode

// What stays the same from round to round.
struct Loop {
    const ServedModel& model;
    const Load& load;
    const CalibrationScales& scales;
    ServingEngine engine;
    bool alone;           // prompts have steps of their own
    double together;      // prompts that share a step
    double interference;  // share of the prompts between that delay a token
    double burst;         // prompts that came at once and go first, on average
    Seconds front_end;
};

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

double first_wave(const Load& load) { return load.waves > 0 ? 1 / load.waves : 0; }

Loop loop_of(const Server& server, const Load& load, double admitted) {
    const auto& [model, engine, capacity, e, scales] = server;
    const bool alone = row_of(engine).prefills_alone;
    // Equal requests finish together and come back together: two prompts share a step.
    const bool bunched = load.equal_lengths && !alone && admitted > 1;
    const double lockstep = load.lockstep ? 1 : 0;
    return {.model = model,
            .load = load,
            .scales = scales,
            .engine = engine,
            .alone = alone,
            .together = bunched ? std::clamp(load.step_budget() / load.fresh(), 1.0, 2.0) : 1,
            .interference = scales.interference * e.interference * (1 - lockstep / 2),
            .burst = std::max(first_wave(load), lockstep / 2) * std::max(admitted - 1, 0.0) / 2,
            .front_end = engine_efficiency(e, engine).first_token_time * second};
}

// The steps of a round.
struct Steps {
    double sequences = 1;
    double prompts = 1;  // in a step that has any
    StepTime plain;
    StepTime with_prompt;
    StepTime together;     // with so many prompts
    Seconds decode;        // of a token, without prompts
    Seconds single;        // what a prompt adds, or takes alone, in all its steps
    double single_at = 0;  // sequences that it is of
    Seconds shared;        // the same where it shares one
};

// Of so many sequences, and what a prompt adds or takes alone.
void time_steps(const Loop& loop, double tokens_per_step, Steps& steps) {
    steps.plain = loop.model.time_of({.sequences = steps.sequences});
    const Seconds plain = steps.plain.total();
    steps.decode = loop.scales.decode_step / tokens_per_step * plain;
    constexpr double near = 0.02;  // where prompts share a step, one alone is for the wait only
    const bool known =
        steps.prompts > 1 && std::abs(steps.sequences - steps.single_at) < near * steps.sequences;
    if (known) return;
    steps.single_at = steps.sequences;
    steps.with_prompt =
        loop.model.time_of(step_with_prompt(loop.load, steps.sequences, loop.engine));
    const Seconds more = steps.with_prompt.total() - (loop.alone ? Seconds() : plain);
    steps.single = std::max(loop.load.prompt_steps() * more, Seconds());
}

// Prompts that arrive within one step share it. Where `wanted` of them come with each step, as
// independent arrivals do, a step that has any has so many on average, as far as it has room.
double prompts_of_a_step(const Load& load, double wanted) {
    constexpr double hardly_any = 1e-2;
    const double room = load.most_prompts_in_a_step();
    if (wanted < hardly_any || room <= 1) return 1;
    return std::clamp(wanted / (1 - std::exp(-wanted)), 1.0, room);
}

// What each of so many prompts adds to a step that they share, or takes of one that is theirs.
void share_step(const Loop& loop, double prompts, Steps& steps) {
    steps.prompts = prompts;
    steps.shared = steps.single;
    if (prompts <= 1) return;
    const double others = loop.alone ? 0 : std::max(steps.sequences - prompts, 0.0);
    steps.together =
        loop.model.time_of({.prompt_tokens = prompts * loop.load.fresh(), .sequences = others});
    const Seconds plain = loop.alone ? Seconds() : steps.plain.total();
    steps.shared = std::max((steps.together.total() - plain) / prompts, Seconds());
}

// A token waits for its step and for the prompts of the others that come between. In chunks no more
// come with each step than it has room for; returned is how long the others hold up a request's
// first token.
Seconds interrupt(const Loop& loop, double answering_share, Steps& steps, SteadyState& now) {
    const double interrupting = std::max(now.admitted - loop.together, 0.0) * answering_share;
    const double wanted = loop.interference * interrupting / loop.load.answer;
    share_step(loop, prompts_of_a_step(loop.load, wanted * now.tokens_per_step), steps);
    const bool in_chunks = loop.load.chunk > 0 && !loop.alone;
    const double most = loop.load.most_prompts_in_a_step() / now.tokens_per_step;
    now.prompts_per_token = in_chunks ? std::min(wanted, most) : wanted;
    now.time_per_token = steps.decode + now.prompts_per_token * steps.shared;
    return (wanted - now.prompts_per_token) * loop.load.answer * steps.shared;
}

// An admitted request's time to first token; `stay` is all its time by the last round's wait.
Seconds wait_of(const Loop& loop, const Steps& now_steps, Seconds stay, SteadyState& now) {
    const Seconds prompt = now_steps.single;
    const Seconds step = now.tokens_per_step * now_steps.decode;
    const double steps = loop.load.prompt_steps();
    now.own_prefill = loop.alone ? prompt : loop.together * prompt + steps * step;
    now.prefill_share = std::min(now_steps.shared * now.admitted / stay, most_prefill_share);
    now.burst = loop.burst * prompt;
    const Seconds running_step =
        0.5 * (now.prefill_share * now.own_prefill / steps + (1 - now.prefill_share) * step);
    const double unseen_tokens =
        std::min(0.5 * (loop.load.poll_steps - 1) * now.tokens_per_step, loop.load.answer);
    return loop.front_end + running_step + now.own_prefill + now.burst +
           unseen_tokens * now.time_per_token;
}

// What the last round's steps go to.
void split(const Loop& loop, const Steps& steps, SteadyState& now) {
    const bool shared = steps.prompts > 1;
    const double each = shared ? 1 / steps.prompts : loop.load.prompt_steps();
    const StepTime& with = shared ? steps.together : steps.with_prompt;
    now.decode_step = scaled(steps.plain, loop.scales.decode_step / now.tokens_per_step);
    now.prompt_step = scaled(loop.alone ? with : difference(with, steps.plain), each);
    now.longest_step = with.total();
    now.steps_a_prompt = each;
    now.with_prompt = shared
                          ? MixedStep{.prompt_tokens = steps.prompts * loop.load.fresh(),
                                      .sequences = loop.alone ? 0 : steps.sequences - steps.prompts}
                          : step_with_prompt(loop.load, steps.sequences, loop.engine);
    now.prompts_alone = loop.alone;
    if (loop.alone) return;
    const StepTime without =
        loop.model.time_of({.sequences = std::max(steps.sequences - steps.prompts, 0.0)});
    now.displaced = scaled(difference(steps.plain, without), loop.scales.decode_step * each);
}

}  // namespace

double Load::tokens_per_step() const {
    if (acceptance == 1) return drafts + 1;
    return (1 - std::pow(acceptance, drafts + 1)) / (1 - acceptance);
}

double Load::step_budget() const {
    constexpr double by_default = 8192;
    return chunk > 0 ? chunk : by_default;
}

double Load::most_prompts_in_a_step() const {
    return step_budget() >= fresh() ? step_budget() / fresh() : 1 / prompt_steps();
}

ServedLengths lengths_of(const Load& load) {
    return {.fresh = load.fresh(),
            .cached = load.prompt - load.fresh(),
            .context = load.prompt + load.answer / 2,
            .drafts = load.drafts};
}

double cache_capacity(const Workload& workload, const MemoryLedger& memory, const Load& load,
                      ServingEngine engine) {
    const double written = row_of(engine).reserves_ahead ? load.answer : load.answer / 2;
    const Bytes one = workload.cache.held(load.prompt + written);
    constexpr double least_share = 0.02;  // of a server that ran, whatever is thought of its start
    const Bytes room = memory.starts() == Starts::no
                           ? std::max(memory.granted(), least_share * memory.reported)
                           : memory.granted();
    const double places = std::max(room / one, 1.0);
    return workload.layout.data * std::min(places, memory.sequences.value_or(places));
}

MixedStep step_with_prompt(const Load& load, double sequences, ServingEngine engine) {
    return {.prompt_tokens = load.fresh() / load.prompt_steps(),
            .sequences = row_of(engine).prefills_alone ? 0 : sequences - 1};
}

double rounds_waited(const Load& load, double admitted) {
    return (load.concurrency - admitted) / admitted * (1 - first_wave(load) / 2);
}

SteadyState steady_state(const Server& server, const Load& load) {
    SteadyState now{.requests = load.concurrency,
                    .capacity = server.capacity,
                    .admitted = std::min(load.concurrency, server.capacity),
                    .tokens_per_step = load.tokens_per_step()};
    const Loop loop = loop_of(server, load, now.admitted);
    now.decoding = now.admitted;
    Seconds wait;
    double answering_share = 1;  // of a request's stay
    Steps steps;
    for (int round = 0; round < most_rounds && !now.converged; ++round) {
        const Seconds before = now.time_per_token;
        steps.sequences = std::max(now.decoding, 1.0);
        time_steps(loop, now.tokens_per_step, steps);
        const Seconds held_up = interrupt(loop, answering_share, steps, now);
        const Seconds answering = load.answer * now.time_per_token;
        wait = wait_of(loop, steps, wait + answering, now) + held_up;
        const double share = answering / (wait + answering);
        const double moved = std::abs(share - answering_share);
        // What swings around its steady state is met half way.
        answering_share = round < direct_rounds ? share : (share + answering_share) / 2;
        now.decoding = now.admitted * answering_share;
        const double change = std::abs(now.time_per_token / std::max(before, shortest_token) - 1);
        now.converged = change < close_enough && moved < steady_share;
    }
    split(loop, steps, now);
    const Seconds request = wait + load.answer * now.time_per_token;
    const Seconds queue = rounds_waited(load, now.admitted) * request;
    // The first token's share of the prompts between, as every token has one.
    const Seconds first = wait + queue + (now.time_per_token - steps.decode);
    now.response_delay = (std::min(load.stream_interval, load.answer) - 1) * now.time_per_token;
    now.time_to_first_token = server.scales.first_token * (first + now.response_delay);
    return now;
}

}  // namespace roofline
