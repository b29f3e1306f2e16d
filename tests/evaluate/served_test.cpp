#include "roofline/evaluate/served.hpp"

#include "roofline/evaluate/evaluation.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "evaluate/one_product.hpp"
#include "fault.hpp"

namespace served_test {

using namespace roofline;

namespace {

double ms(Seconds time) { return time.in(millisecond); }
double per_second(TokensPerSecond rate) { return rate.in(token / second); }

// First tokens from half as long to twice, tokens from 0.9 to 1.2, output from 0.8 to 1.5.
FittedEfficiency fitted_on(std::string architecture) {
    return {.values = {},
            .bands = {{.engine = ServingEngine::vllm,
                       .least_concurrency = 1,
                       .most_concurrency = 16,
                       .time_per_token = {0.9, 1.2},
                       .time_to_first_token = {0.5, 2},
                       .output = {0.8, 1.5}}},
            .families = {std::move(architecture)}};
}

}  // namespace

TEST_CASE("one request: 0.5 ms until the running step ends, 1 ms of prompt, then 1 ms a token") {
    const ServedOutcome outcome = serve(one_product("h100 concurrency=1 isl=10", 20), 1);
    const ServedFigures& expected = outcome.expected;
    CHECK_THAT(ms(expected.time_to_first_token), WithinRel(1.5, 1e-12));
    CHECK_THAT(ms(expected.time_per_token), WithinRel(1, 1e-12));
    CHECK_THAT(ms(expected.end_to_end), WithinRel(39, 1e-12));
    // A step of its own after the last token makes room for the next: 38.5 tokens in 40 ms.
    CHECK_THAT(per_second(expected.output), WithinRel(962.5, 1e-12));
    const ServedFigures& bound = outcome.bound;
    CHECK_THAT(ms(bound.time_to_first_token), WithinRel(1, 1e-12));
    CHECK_THAT(ms(bound.time_per_token), WithinRel(1, 1e-12));
    CHECK_THAT(ms(bound.end_to_end), WithinRel(38.5, 1e-12));
    CHECK_THAT(per_second(bound.output), WithinRel(1000, 1e-12));
    CHECK_FALSE(outcome.bill);
    CHECK_FALSE(outcome.measured);
    CHECK(outcome.band.time_per_token.high == 1);
}

TEST_CASE("4 GPUs of 2 replicas: half a prompt in each stage, and a quarter of the output each") {
    const ServedFigures bound =
        serve(one_product("h100x4 pp=2 replicas=2 concurrency=1 isl=10", 20), 1).bound;
    CHECK_THAT(ms(bound.time_to_first_token), WithinRel(0.5, 1e-12));
    CHECK_THAT(per_second(bound.output), WithinRel(2 * 38.5 / 0.038, 1e-12));
    CHECK_THAT(per_second(bound.output_per_gpu), WithinRel(38.5 / 0.038 / 2, 1e-12));
    CHECK_THAT(per_second(bound.output_per_user), WithinRel(38.5 / 0.038, 1e-12));
}

TEST_CASE("a place for one of two: the other waits for the whole request before its prompt") {
    const ServedOutcome outcome =
        serve(one_product("h100 engine=sglang concurrency=2 isl=1000", 1), 2);
    CHECK(outcome.state.admitted == 1);
    CHECK_THAT(ms(outcome.bound.time_to_first_token), WithinRel(57.5, 1e-12));
    CHECK_THAT(ms(outcome.bound.end_to_end), WithinRel(95, 1e-12));
    CHECK_THAT(per_second(outcome.bound.output), WithinRel(77 / 0.095, 1e-12));
    // 11.4 ms to a first token, then 38.5 ms; both twice, less the last answer.
    CHECK_THAT(ms(outcome.expected.time_to_first_token), WithinRel(61.3, 1e-3));
}

// In a turn two prompts take 2 x 10 ms and 37.5 steps of both 1 ms each: 77 tokens in 57.5 ms.
TEST_CASE("prompts with steps of their own cost output and no token: 77 tokens in 20 + 37.5 ms") {
    const std::string two = "h100 engine=sglang concurrency=2 isl=1000";
    const ServedOutcome outcome = serve(one_product(two, 2), 2);
    CHECK_THAT(ms(outcome.bound.time_per_token), WithinRel(1, 1e-12));
    CHECK_THAT(per_second(outcome.bound.output), WithinRel(77 / 0.0575, 1e-12));
    CHECK_THAT(ms(outcome.bound.end_to_end), WithinRel(57.5, 1e-12));
    const ServedOutcome scaled = serve(one_product(two, 2, nullptr, {.interference = 3}), 2);
    CHECK(scaled.bound.time_per_token == outcome.bound.time_per_token);
    CHECK(scaled.expected.time_per_token > outcome.expected.time_per_token);
}

// In 38.5 steps two prompts of 10 ms of arithmetic and 37.5 of it for both beside them: longer than
// the weights, which take 1 ms a step.
TEST_CASE("where an engine mixes, prompts hide behind weights that every step reads: 38.5 ms") {
    const ServedFigures bound = serve(one_product("h100 concurrency=2 isl=1000", 2), 2).bound;
    CHECK(ms(bound.end_to_end) < 57.5);
    CHECK(ms(bound.end_to_end) >= 47.5);  // of a request by itself
}

TEST_CASE("answers of one token are through with their prompts: 2 x 10 ms for both") {
    PreparedService service = one_product("h100 concurrency=2 isl=1000", 2);
    service.load.answer = 1;
    const ServedFigures bound = serve(service, 2).bound;
    CHECK_THAT(ms(bound.end_to_end), WithinRel(20, 1e-12));
    CHECK_THAT(ms(bound.time_to_first_token), WithinRel(20, 1e-12));
    CHECK_THAT(per_second(bound.output), WithinRel(100, 1e-12));
}

TEST_CASE("a response in chunks of 5 comes 4 tokens later, and is complete no later") {
    const ServedFigures expected =
        serve(one_product("h100 concurrency=1 isl=10 stream-interval=5", 20), 1).expected;
    CHECK_THAT(ms(expected.time_to_first_token), WithinRel(5.5, 1e-12));
    CHECK_THAT(ms(expected.end_to_end), WithinRel(39, 1e-12));
}

TEST_CASE("scales of a calibration move what is expected and not the bound, nor below it") {
    const std::string alone = "h100 concurrency=1 isl=10";
    const ServedOutcome slow = serve(one_product(alone, 20, nullptr, {.decode_step = 2}), 1);
    CHECK_THAT(ms(slow.expected.time_per_token), WithinRel(2, 1e-12));
    CHECK_THAT(ms(slow.bound.time_per_token), WithinRel(1, 1e-12));
    CHECK_THAT(per_second(slow.bound.output), WithinRel(1000, 1e-12));
    const ServedOutcome fast = serve(one_product(alone, 20, nullptr, {.decode_step = 0.5}), 1);
    CHECK_THAT(ms(fast.expected.time_per_token), WithinRel(1, 1e-12));
    const ServedOutcome early = serve(one_product(alone, 20, nullptr, {.first_token = 0.1}), 1);
    CHECK_THAT(ms(early.expected.time_to_first_token), WithinRel(1, 1e-12));
}

TEST_CASE("a band ends at the bound: 1 / 1.5 of a first token, 1000 / 962.5 of the output") {
    const FittedEfficiency fitted = fitted_on("sm9");
    const ServedOutcome outcome = serve(one_product("h100 concurrency=1 isl=10", 20, &fitted), 1);
    CHECK(outcome.measured);
    CHECK_THAT(outcome.band.time_per_token.low, WithinRel(1, 1e-12));
    CHECK(outcome.band.time_per_token.high == 1.2);
    CHECK_THAT(outcome.band.time_to_first_token.low, WithinRel(1 / 1.5, 1e-12));
    CHECK(outcome.band.time_to_first_token.high == 2);
    CHECK_THAT(outcome.band.output.high, WithinRel(1000 / 962.5, 1e-12));
    CHECK(outcome.band.output.low == 0.8);
    const FittedEfficiency others = fitted_on("sm8");
    CHECK_FALSE(serve(one_product("h100 concurrency=1 isl=10", 20, &others), 1).measured);
    const ServedOutcome guessed = serve(
        one_product("h100 concurrency=1 isl=10 draft-tokens=2 acceptance=60%", 20, &fitted), 1);
    CHECK_FALSE(guessed.measured);
    CHECK(guessed.band.time_per_token.high == 1.2);
}

TEST_CASE("arrivals, chunks, guesses and a prefix cache were never measured, other habits were") {
    const auto never = [](const std::string& habits) {
        const Deployment d = complete_service(deployed("llama-3.1-8b@h100 " + habits));
        return never_measured(d, load_of(d));
    };
    CHECK_FALSE(never("concurrency=8"));
    CHECK_FALSE(never("concurrency=8 waves=4 lengths=equal poll-steps=3 stream-interval=8"));
    CHECK(never("rate=2"));
    CHECK(never("concurrency=8 prefill-chunk=256"));
    CHECK(never("concurrency=8 draft-tokens=2 acceptance=60%"));
    CHECK(never("concurrency=8 prefix-hit=50%"));
}

TEST_CASE("a bill is split by device time: 1 ms of prompt beside 38.5 ms of tokens") {
    const PreparedService service =
        one_product("h100 engine=sglang concurrency=1 isl=10 prefix-hit=20% price=3.6/h", 20);
    const Bill bill = *serve(service, 1).bill;
    // $0.001 a second over 962.5 tokens.
    CHECK_THAT(bill.per_1m_output().in(dollar), WithinRel(1e6 * 0.001 / 962.5, 1e-12));
    CHECK_THAT(bill.input_side->share, WithinRel(1 / 39.5, 1e-12));
    CHECK(bill.input_side->tokens == 8);
    CHECK(bill.output_side->tokens == 38.5);
    // A step of two sequences in the place of one halves an answer's part of it.
    SteadyState state = serve(service, 1).state;
    state.decoding = 2;
    CHECK_THAT(bill_at(service, state, 100 * token / second)->input_side->share,
               WithinRel(1 / 20.25, 1e-12));
}

// 1,024 sequences x 128,256 words x 4 B x 9.6, 8,192 x 4,096 x 2, and 0.12 GiB of the driver.
TEST_CASE("3 sequences of 10 + 19.25 tokens of 131,072 B, beside 5.24 GB and 0.9 of 84.9 GB") {
    const PreparedService service = one_product("h100 concurrency=8 isl=10 engine=vllm@0.11", 20);
    const MemoryLedger memory = served_memory(service, {.admitted = 3});
    CHECK_THAT(memory.weights.in(gigabyte), WithinRel(16.06, 1e-3));
    CHECK(memory.cache.in(byte) == 3 * 29.25 * 131072);
    CHECK_THAT(memory.reserve().in(gigabyte), WithinRel(5.2392, 1e-4));
    CHECK_THAT(memory.usable.in(byte), WithinRel(0.9 * 84942979072, 1e-12));
}

TEST_CASE("the mean step of a full server fits: 13.5 sequences of each rank are not 14") {
    const PreparedService service = prepare_service(
        deployed("llama-2-7b@a100-sxm-40gb dp=2 isl=3318 osl=179 concurrency=126"), Efficiency());
    const SteadyState state = serve(service, 126).state;
    CHECK(state.requests > state.admitted);
    CHECK(served_memory(service, state).fits());
    CHECK(served_memory(service, {.admitted = service.capacity}).fits());
}

TEST_CASE("another load on what was lowered: its lengths, its places, its formats stay") {
    PreparedService service =
        prepare_service(deployed("llama-3.1-8b@h100 concurrency=8 isl=1000 osl=100"), Efficiency());
    const double places = service.capacity;
    const Seconds step = service.model.time_of({.sequences = 8}).total();
    set_load(service, complete_service(deployed("llama-3.1-8b@h100 concurrency=4 isl=2000 osl=200 "
                                                "price=3/h")));
    CHECK(service.load.concurrency == 4);
    CHECK(service.load.prompt == 2000);
    CHECK_THAT(service.capacity, WithinRel(places / 2, 1e-12));
    CHECK(service.prepared.deployment.rental);
    // 8 more times 1050 tokens of 131,072 B at 3.35 TB/s.
    const Seconds more = service.model.time_of({.sequences = 8}).total() - step;
    CHECK_THAT(ms(more), WithinRel(8 * 1050 * 131072 / 3350e9 * 1e3, 1e-9));
    CHECK_THAT(ms(service.perfect.time_of({.sequences = 8}).total()),
               WithinRel(ms(step + more), 1e-12));
    CHECK(fault_of([] { prepare_service(deployed("llama-3.1-8b@h100"), Efficiency()); }).code ==
          ErrorCode::missing_argument);
}

TEST_CASE("full rates are those of the data sheet, but experts are read as often as tokens need") {
    const Deployment d = deployed("gpt-oss-120b@h100x2 concurrency=8");
    const PreparedService all = prepare_service(d, {.weights_bandwidth = 0.5});
    const PreparedService few = prepare_service(d, {.expert_spread = 0.25});
    const StepTime perfect = all.perfect.time_of({.sequences = 8});
    CHECK_THAT(all.model.time_of({.sequences = 8}).of(StepTerm::projections) /
                   perfect.of(StepTerm::projections),
               WithinRel(2, 1e-12));
    CHECK(few.perfect.time_of({.sequences = 8}).of(StepTerm::experts) <
          perfect.of(StepTerm::experts));
}

TEST_CASE("phases of an analysis are expected no sooner than their bounds, a decode step scaled") {
    const Prepared prepared = prepare(deployed("llama-3.1-8b@h100 batch=4 isl=100 context=1000"));
    const Outcome bound = evaluate(prepared, point_of(prepared));
    ServedModel model = expected_model(prepared, Efficiency());
    const ExpectedPhases least = *expected_phases(prepared, bound, model, {.decode_step = 0.1});
    CHECK(least.token == bound.decode()->time.total());
    CHECK_THAT(least.prompt / bound.prefill()->time.total(), WithinRel(1, 0.01));
    const ExpectedPhases twice = *expected_phases(prepared, bound, model, {.decode_step = 2});
    CHECK_THAT(ms(twice.token), WithinRel(2 * 4.637, 1e-3));
    CHECK(twice.of(Pass::prompt) == twice.prompt);
    CHECK(twice.of(Pass::next_token) == twice.token);
    CHECK(twice.of(Pass::own) == std::nullopt);
    CHECK_FALSE(expected_phases(prepared, Outcome{.layout = {}, .memory = {}}, model, {}));
}

}  // namespace served_test
