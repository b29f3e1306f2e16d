#include "roofline/serving/token_terms.hpp"

#include "catch.hpp"

namespace closed_loop_test {

using namespace roofline;

namespace {

// Two layers of 1 ms each, and 0.5 ms more where a prompt is in the step: 2 ms, or 3 ms.
struct Loop {
    Efficiency efficiency = {.layer_time = 0.001, .prefill_layer_time = 0.0005};
    ServingEngine engine = ServingEngine::vllm;
    double capacity = 100;
    CalibrationScales scales = {};
    double sequence_ms = 0;

    SteadyState of(const Load& load) const {
        Model model;
        model.layers = {{.count = 2, .mixers = {}, .feed_forward = {}}};
        const Deployment d{.model = std::make_shared<const Model>(std::move(model)),
                           .device = std::make_shared<const Device>(),
                           .engine = EngineChoice{.program = engine}};
        const Workload workload{.layout = {},
                                .phases = {{.name = "prefill", .pass = Pass::prompt},
                                           {.name = "decode", .pass = Pass::next_token}}};
        Efficiency times = efficiency;
        times.vllm_sequence_time = sequence_ms / 1000;
        const ServedModel served(d, workload, {.memory = 1e12 * byte / second}, times,
                                 lengths_of(load));
        return steady_state({.model = served,
                             .engine = engine,
                             .capacity = capacity,
                             .efficiency = times,
                             .scales = scales},
                            load);
    }
};

Load requests(double concurrency) {
    return {.concurrency = concurrency, .prompt = 100, .answer = 10};
}

double ms(Seconds time) { return time.in(millisecond); }

// Of 80 GB, 72 may be used; sequences of 1 MB a token need no room to start with.
double capacity_of(ServingEngine engine, const MemoryLedger& memory, double data = 1) {
    const Workload workload{.layout = {.data = data},
                            .cache = {.layers = {{.layers = 1, .per_token = 1e6 * byte}}}};
    return cache_capacity(workload, memory, {.prompt = 1000, .answer = 200}, engine);
}

MemoryLedger with_weights(double weights_gb) {
    return {.reported = 80 * gigabyte,
            .usable = 72 * gigabyte,
            .weights = weights_gb * gigabyte,
            .working = 1.5 * gigabyte};
}

}  // namespace

TEST_CASE("a prompt has at least one token to work out, in as many steps as it has chunks") {
    const Load load{.prompt = 100, .cached = 40};
    CHECK(load.fresh() == 60);
    CHECK(load.prompt_steps() == 1);
    CHECK(Load{.prompt = 100, .cached = 100}.fresh() == 1);
    CHECK(Load{.prompt = 100, .chunk = 30}.prompt_steps() == 4);
    CHECK(Load{.prompt = 100, .cached = 40, .chunk = 30}.prompt_steps() == 2);
    const ServedLengths lengths =
        lengths_of({.prompt = 100, .answer = 10, .cached = 40, .drafts = 3});
    CHECK(lengths.fresh == 60);
    CHECK(lengths.cached == 40);
    CHECK(lengths.context == 105);
    CHECK(lengths.drafts == 3);
}

TEST_CASE("2 guesses right with 50 % make 1 + 0.5 + 0.25 tokens, all right 3, none 1") {
    CHECK(Load{.drafts = 2, .acceptance = 0.5}.tokens_per_step() == 1.75);
    CHECK(Load{.drafts = 2, .acceptance = 1}.tokens_per_step() == 3);
    CHECK(Load{.drafts = 0, .acceptance = 0}.tokens_per_step() == 1);
}

TEST_CASE("of a room of 72 - 20 - 1.5 = 50.5 GB vllm gives 1.1 GB to each sequence, trtllm 1.2") {
    const MemoryLedger memory = with_weights(20);
    CHECK_THAT(capacity_of(ServingEngine::vllm, memory), WithinRel(50.5 / 1.1, 1e-12));
    CHECK_THAT(capacity_of(ServingEngine::vllm, memory, 2), WithinRel(101 / 1.1, 1e-12));
    CHECK_THAT(capacity_of(ServingEngine::sglang, memory), WithinRel(50.5 / 1.1, 1e-12));
    CHECK_THAT(capacity_of(ServingEngine::trtllm, memory), WithinRel(50.5 / 1.2, 1e-12));
}

TEST_CASE("no more are let in than the server takes at once, of each rank, and one at least") {
    MemoryLedger memory = with_weights(20);
    memory.sequences = 32;
    CHECK(capacity_of(ServingEngine::vllm, memory) == 32);
    CHECK(capacity_of(ServingEngine::vllm, memory, 2) == 64);
    // What ran has 2 % of 80 GB left: 1.6 / 1.1.
    CHECK_THAT(capacity_of(ServingEngine::vllm, with_weights(90)), WithinRel(1.6 / 1.1, 1e-12));
    CHECK_THAT(capacity_of(ServingEngine::vllm, with_weights(90), 2), WithinRel(3.2 / 1.1, 1e-12));
}

// 50.5 GB beside a request of 50, known to 3: 47.5 at the bad end, but one request has its 50.
TEST_CASE("where the start is in doubt the smaller end counts, and one request at least") {
    MemoryLedger memory = with_weights(20);
    memory.need = 50 * gigabyte;
    memory.spread = 3 * gigabyte;
    CHECK_THAT(capacity_of(ServingEngine::vllm, memory), WithinRel(50 / 1.1, 1e-12));
    memory.need = 48 * gigabyte;
    CHECK_THAT(capacity_of(ServingEngine::vllm, memory), WithinRel(48 / 1.1, 1e-12));
}

TEST_CASE("a prompt takes the place of a sequence, or a step of its own") {
    const Load load{.prompt = 100, .cached = 40, .chunk = 30};
    const MixedStep shared = step_with_prompt(load, 8, ServingEngine::vllm);
    CHECK(shared.prompt_tokens == 30);
    CHECK(shared.sequences == 7);
    CHECK(step_with_prompt(load, 8, ServingEngine::sglang).sequences == 0);
}

TEST_CASE("30 requests in 10 places wait 2 rounds, of 4 waves an eighth less") {
    CHECK(rounds_waited({.concurrency = 30}, 10) == 2);
    CHECK(rounds_waited({.concurrency = 30, .waves = 4}, 10) == 1.75);
    CHECK(rounds_waited({.concurrency = 10}, 10) == 0);
}

// Of its stay of 24 ms, 1 in 24 is a prompt's: half a running step is 1.02 ms.
TEST_CASE("one request: 2 ms a token; first the rest of a running step and its own 3 ms") {
    const SteadyState state = Loop{}.of(requests(1));
    CHECK(state.converged);
    CHECK_THAT(ms(state.time_per_token), WithinRel(2.0, 1e-12));
    CHECK_THAT(ms(state.own_prefill), WithinRel(3.0, 1e-12));
    CHECK_THAT(ms(state.prompt_step.total()), WithinRel(1.0, 1e-12));
    CHECK_THAT(ms(state.longest_step), WithinRel(3.0, 1e-12));
    CHECK_THAT(ms(state.time_to_first_token), WithinAbs(4.0208, 0.0005));
    CHECK(state.prompts_per_token == 0);
    const SteadyState alone = Loop{.engine = ServingEngine::sglang}.of(requests(1));
    CHECK_THAT(ms(alone.prompt_step.total()), WithinRel(3.0, 1e-12));
    CHECK_THAT(ms(alone.own_prefill), WithinRel(3.0, 1e-12));
}

// By hand: 22.24 of 26.31 ms are the answer, 0.3 x 0.845 prompts come between two tokens, 1.132 to
// a step that has any: 0.2536 / (1 - e^-0.2536). A step with so many takes 1 ms longer.
TEST_CASE("the prompts of 3 others, who share steps, delay each token: 2 + 0.2536 / 1.132 ms") {
    const SteadyState state = Loop{}.of(requests(4));
    CHECK_THAT(ms(state.time_per_token), WithinAbs(2.224, 0.001));
    CHECK_THAT(state.decoding, WithinAbs(4 * 0.8454, 0.004));
    CHECK_THAT(ms(state.prompt_step.total()), WithinAbs(1 / 1.132, 0.001));
    CHECK_THAT(ms(state.time_to_first_token), WithinAbs(4.07 + 0.224, 0.01));
    Loop half;
    half.efficiency.interference = 0.5;
    CHECK_THAT(half.of(requests(4)).prompts_per_token, WithinAbs(0.1266, 0.001));
    half.scales.interference = 0;
    CHECK(half.of(requests(4)).prompts_per_token == 0);
    const SteadyState scaled = Loop{.scales = {.interference = 0.5}}.of(requests(4));
    CHECK_THAT(scaled.prompts_per_token, WithinAbs(0.1266, 0.001));
}

TEST_CASE("in 4 chunks no more than one prompt step comes with each token: 2 + 4 / 4 ms") {
    Load load = requests(64);
    load.chunk = 25;
    const SteadyState state = Loop{}.of(load);
    CHECK(state.prompts_per_token == 0.25);
    CHECK_THAT(ms(state.time_per_token), WithinRel(3.0, 1e-12));
    CHECK_THAT(ms(state.own_prefill), WithinRel(4 + 4 * 2.0, 1e-12));
    load.concurrency = 1;  // 4 of 33 ms are a prompt's, in steps of 3 ms
    CHECK_THAT(ms(Loop{}.of(load).time_to_first_token), WithinAbs(12 + 1.06, 0.005));
    load.concurrency = 64;
    load.drafts = 1;
    load.acceptance = 0.5;
    CHECK_THAT(Loop{}.of(load).prompts_per_token, WithinRel(1 / (4 * 1.5), 1e-12));
    load.concurrency = 1;
    CHECK(Loop{}.of(load).prompts_per_token == 0);
    load = requests(64);
    load.chunk = 100;
    CHECK(Loop{.engine = ServingEngine::sglang}.of(load).prompts_per_token > 1);
}

// Of those who decode, each sends a prompt in 10 tokens.
TEST_CASE(
    "in lockstep half the prompts of others delay, of equal lengths those of the other 3 of 5") {
    Load load = requests(5);
    load.equal_lengths = true;
    const SteadyState apart = Loop{.engine = ServingEngine::sglang}.of(load);
    CHECK_THAT(apart.prompts_per_token, WithinRel(4 * apart.decoding / 50, 1e-3));
    load.equal_lengths = false;
    load.lockstep = true;
    const SteadyState lockstep = Loop{.engine = ServingEngine::sglang}.of(load);
    CHECK_THAT(lockstep.prompts_per_token, WithinRel(0.5 * 4 * lockstep.decoding / 50, 1e-3));
    load.lockstep = false;
    load.equal_lengths = true;
    const SteadyState bunched = Loop{}.of(load);
    CHECK_THAT(bunched.prompts_per_token, WithinRel(3 * bunched.decoding / 50, 1e-3));
    CHECK(bunched.burst == Seconds());
}

TEST_CASE("two more than there are places wait for two requests of 24 ms") {
    const SteadyState state = Loop{.capacity = 1}.of(requests(3));
    CHECK(state.requests == 3);
    CHECK(state.admitted == 1);
    CHECK_THAT(ms(state.time_to_first_token), WithinAbs(4.0208 + 2 * 24.0208, 0.002));
}

TEST_CASE("what client and server add to the first token: front end, chunks and polls") {
    const double plain = ms(Loop{}.of(requests(1)).time_to_first_token);
    Loop loop;
    loop.efficiency.vllm_first_token_time = 0.005;
    CHECK_THAT(ms(loop.of(requests(1)).time_to_first_token), WithinAbs(plain + 5, 0.02));
    Load load = requests(1);
    load.stream_interval = 5;
    CHECK_THAT(ms(Loop{}.of(load).response_delay), WithinRel(8.0, 1e-12));
    CHECK_THAT(ms(Loop{}.of(load).time_to_first_token), WithinRel(plain + 8, 1e-12));
    load.stream_interval = 99;  // no more than the whole answer
    CHECK_THAT(ms(Loop{}.of(load).response_delay), WithinRel(18.0, 1e-12));
    load = requests(1);
    load.poll_steps = 5;
    CHECK_THAT(ms(Loop{}.of(load).time_to_first_token), WithinAbs(plain + 4, 0.02));
}

TEST_CASE("5 at once have 2 prompts before them on average, in lockstep 1") {
    Load load = requests(5);
    load.waves = 1;
    CHECK_THAT(ms(Loop{}.of(load).burst), WithinRel(2.0, 1e-12));
    Loop loop;
    loop.scales.interference = 0;
    const double together = ms(loop.of(load).time_to_first_token);
    CHECK_THAT(together, WithinAbs(ms(loop.of(requests(5)).time_to_first_token) + 2, 0.05));
    load.waves = 4;
    CHECK_THAT(ms(Loop{}.of(load).burst), WithinRel(0.5, 1e-12));
    load.waves = 0;
    CHECK(Loop{}.of(load).burst == Seconds());
    load.lockstep = true;
    CHECK_THAT(ms(Loop{.engine = ServingEngine::sglang}.of(load).burst), WithinRel(3.0, 1e-12));
    load.lockstep = false;
    load.equal_lengths = true;
    CHECK_THAT(ms(Loop{}.of(load).own_prefill), WithinRel(2 * 1 + 2.0, 1e-12));
    load.prompt = 8192;
    CHECK_THAT(ms(Loop{}.of(load).own_prefill), WithinRel(1 + 2.0, 1e-12));
}

TEST_CASE("scales of a calibration, and 1.5 tokens a step, change the times they are of") {
    const SteadyState slow = Loop{.scales = {.decode_step = 2}}.of(requests(1));
    CHECK_THAT(ms(slow.time_per_token), WithinRel(4.0, 1e-12));
    const SteadyState late = Loop{.scales = {.first_token = 3}}.of(requests(1));
    CHECK_THAT(ms(late.time_to_first_token), WithinAbs(3 * 4.0208, 0.002));
    Load guessing = requests(1);
    guessing.drafts = 1;
    guessing.acceptance = 0.5;  // a guess takes one of the two layers
    CHECK_THAT(ms(Loop{}.of(guessing).time_per_token), WithinRel((2 + 1) / 1.5, 1e-12));
}

TEST_CASE("the sequence that sends a prompt does not decode: 0.1 ms less in its step") {
    const SteadyState state = Loop{.sequence_ms = 0.1}.of(requests(4));
    CHECK_THAT(ms(state.displaced.of(StepTerm::sequences)), WithinRel(0.1, 1e-9));
    CHECK(state.decode_step.of(StepTerm::sequences) > 0.1 * millisecond);
    CHECK_THAT(ms(state.prompt_step.of(StepTerm::sequences)), WithinRel(-0.1, 1e-9));
    Load chunked = requests(4);
    chunked.chunk = 50;
    const StepTime displaced = Loop{.sequence_ms = 0.1}.of(chunked).displaced;
    CHECK_THAT(ms(displaced.of(StepTerm::sequences)), WithinRel(0.2, 1e-9));
    const TokenTerm term = token_term(state, StepTerm::sequences);
    CHECK_THAT(ms(term.prompts), WithinAbs(0, 1e-12));
    CHECK(term.step < state.decode_step.of(StepTerm::sequences));
    const TokenTerm launches = token_term(state, StepTerm::launches);
    CHECK_THAT(ms(launches.step), WithinRel(2.0, 1e-12));
    CHECK_THAT(ms(launches.total()),
               WithinRel(2 + state.prompts_per_token * ms(state.prompt_step.of(StepTerm::launches)),
                         1e-12));
}

}  // namespace closed_loop_test
