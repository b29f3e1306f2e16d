// What servers do beside the plain loop: guessed tokens, prompts in chunks, cached prefixes.
#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/served.hpp"

#include "catch.hpp"

namespace habits_test {

using namespace roofline;

namespace {

Deployment chat(double concurrency) {
    static Catalog catalog;
    Deployment d{
        .model = catalog.model("llama-3.1-70b"), .device = catalog.device("h200"), .gpus = 4};
    d.concurrency = concurrency;
    d.isl = 4096;
    return d;
}

Deployment guessing(Deployment d, double drafts, double acceptance) {
    d.draft_tokens = drafts;
    d.acceptance = acceptance;
    return d;
}

ServedOutcome served(const Deployment& d) {
    const FittedEfficiency& fitted = fitted_efficiency();
    return serve(prepare_service(d, fitted.values, &fitted), *d.concurrency);
}

double speedup(double concurrency) {
    const Deployment plain = chat(concurrency);
    return served(plain).expected.time_per_token /
           served(guessing(plain, 3, 0.8)).expected.time_per_token;
}

}  // namespace

TEST_CASE("3 guesses right with 80 %: 1 + .8 + .64 + .512 = 2.952 tokens a step") {
    CHECK_THAT(served(guessing(chat(1), 3, 0.8)).state.tokens_per_step, WithinRel(2.952, 1e-12));
    CHECK(served(chat(1)).state.tokens_per_step == 1);
}

TEST_CASE("guesses that are never right cost a step their verification and gain nothing") {
    const ServedOutcome plain = served(chat(16));
    const ServedOutcome wrong = served(guessing(chat(16), 3, 1e-9));
    CHECK(wrong.expected.time_per_token > plain.expected.time_per_token);
    CHECK(wrong.state.decode_step.of(StepTerm::drafts) > Seconds());
    CHECK(plain.state.decode_step.of(StepTerm::drafts) == Seconds());
}

TEST_CASE("guessing gains much for one request and little near the ridge, where verifying costs") {
    CHECK(speedup(1) > 2);
    CHECK(speedup(1) < 2.952);
    CHECK(speedup(16) < speedup(1));
    CHECK(speedup(512) < speedup(16));
    CHECK(speedup(512) < 1.3);
}

TEST_CASE(
    "a prompt of 4,096 tokens with three quarters in the prefix cache has 1,024 to work out") {
    Deployment d = chat(8);
    const ServedOutcome cold = served(d);
    d.prefix_hit = 0.75;
    const ServedOutcome warm = served(d);
    CHECK(load_of(complete_service(d)).fresh() == 1024);
    CHECK(warm.expected.time_to_first_token < 0.5 * cold.expected.time_to_first_token);
    CHECK(warm.expected.time_per_token < cold.expected.time_per_token);
    CHECK_FALSE(warm.measured);
    d.prefix_hit = 0;
    CHECK(served(d).expected.time_to_first_token == cold.expected.time_to_first_token);
    CHECK(served(d).measured);
}

TEST_CASE("in chunks of 512 a prompt of 4,096 takes 8 steps, each shorter, together longer") {
    Deployment d = chat(32);
    const ServedOutcome whole = served(d);
    d.prefill_chunk = 512;
    const ServedOutcome chunked = served(d);
    CHECK(load_of(complete_service(d)).prompt_steps() == 8);
    CHECK(chunked.state.longest_step < 0.5 * whole.state.longest_step);
    CHECK(chunked.state.prompt_step.total() > whole.state.prompt_step.total());
    CHECK(chunked.expected.time_to_first_token > whole.expected.time_to_first_token);
    d.prefill_chunk = 8192;
    CHECK(served(d).state.prompt_step.total() == whole.state.prompt_step.total());
}

TEST_CASE(
    "guesses without an acceptance, or the other way round, and full prefix hits are refused") {
    Deployment d = chat(1);
    d.draft_tokens = 3;
    CHECK_THROWS_AS(complete_service(d), UserError);
    d.draft_tokens.reset();
    d.acceptance = 0.7;
    CHECK_THROWS_AS(complete_service(d), UserError);
    d.acceptance.reset();
    d.prefix_hit = 1;
    CHECK_THROWS_AS(complete_service(d), UserError);
}

}  // namespace habits_test
