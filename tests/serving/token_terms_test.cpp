#include "roofline/serving/token_terms.hpp"

#include "roofline/evaluate/served.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace token_terms_test {

using namespace roofline;

namespace {

PreparedService service_of(const std::string& scenario) {
    const FittedEfficiency& fitted = fitted_efficiency();
    return prepare_service(deployed(scenario), fitted.values, &fitted);
}

SteadyState state_of(const PreparedService& service) {
    return serve(service, service.load.concurrency).state;
}

// Dense models and experts, latent attention, prompts in steps of their own, chunks, guesses,
// several GPUs and nodes, and requests that wait.
const std::vector<std::string> scenarios{
    "llama-3.1-8b@h100 concurrency=1",
    "llama-3.1-8b@h100 concurrency=32",
    "llama-3.1-8b@h100 concurrency=32 engine=sglang",
    "llama-3.1-8b@h100 concurrency=64 isl=8192 osl=64 prefill-chunk=512",
    "llama-3.1-8b@h100 concurrency=500 isl=8192 osl=256",
    "llama-3.1-8b@rtx-4090 concurrency=4 engine=llama.cpp",
    "llama-3.1-70b@h100x8 tp=8 concurrency=64 engine=trtllm",
    "mixtral-8x7b@h100x2 tp=2 concurrency=16",
    "gpt-oss-120b@b200 concurrency=128 isl=128",
    "deepseek-r1@h200x8 tp=8 concurrency=64",
    "deepseek-r1@h100x16 tp=8 pp=2 concurrency=32 network=400Gb/s"};

template <typename Check>
void for_each_term(Check check) {
    for (std::size_t i = 0; i < step_term_count; ++i) check(static_cast<StepTerm>(i));
}

}  // namespace

// A decode step of 4 ms of projections, in which the sequence that sends a prompt has 1 ms; a
// quarter of a prompt of 8 ms stands between two tokens.
TEST_CASE("a token's term is its step and its part of the prompts, which takes what it displaces") {
    SteadyState state;
    state.prompts_per_token = 0.25;
    const auto at = static_cast<std::size_t>(StepTerm::projections);
    state.decode_step.by_term[at] = 4 * millisecond;
    state.displaced.by_term[at] = 1 * millisecond;
    state.prompt_step.by_term[at] = 8 * millisecond;
    const TokenTerm term = token_term(state, StepTerm::projections);
    CHECK_THAT(term.step.in(millisecond), WithinRel(3.75, 1e-12));
    CHECK_THAT(term.prompts.in(millisecond), WithinRel(2.25, 1e-12));
    CHECK_THAT(term.total().in(millisecond), WithinRel(6.0, 1e-12));
    CHECK(token_term(state, StepTerm::experts).total() == Seconds());
}

TEST_CASE("terms of a token at best are nowhere above those that are expected") {
    for (const std::string& scenario : scenarios) {
        INFO(scenario);
        const PreparedService service = service_of(scenario);
        const SteadyState state = state_of(service);
        const StepTime best = token_at_best(state, service.perfect);
        Seconds all;
        for_each_term([&](StepTerm term) {
            INFO(name_of(term));
            CHECK(best.of(term) >= Seconds());
            CHECK(best.of(term) <= token_term(state, term).total());
            all += token_term(state, term).total();
        });
        CHECK(best.total() > Seconds());
        CHECK(best.total() < all);
        CHECK_THAT(all / state.time_per_token, WithinAbs(1, 0.01));
        // Fixed times have none.
        CHECK(best.of(StepTerm::launches) == Seconds());
        CHECK(best.of(StepTerm::sequences) == Seconds());
        // Not one sequence's token: that of all that share a step.
        CHECK(best.total() >= 0.999 * service.least_token);
    }
}

// The same steps by the same model are what they were: none is lost between step and prompts.
TEST_CASE("at the rates that are expected the best is what is expected") {
    for (const std::string& scenario : scenarios) {
        const PreparedService service = service_of(scenario);
        const SteadyState state = state_of(service);
        const StepTime same = token_at_best(state, service.model);
        for_each_term([&](StepTerm term) {
            INFO(scenario << ": " << name_of(term));
            const Seconds expected = token_term(state, term).total();
            CHECK_THAT((same.of(term) - expected) / state.time_per_token, WithinAbs(0, 0.02));
        });
    }
}

TEST_CASE("the parts of a step are its time, term by term") {
    for (const std::string& scenario : scenarios) {
        const PreparedService service = service_of(scenario);
        for (const MixedStep& step :
             {MixedStep{.sequences = 1}, MixedStep{.sequences = 32},
              MixedStep{.prompt_tokens = 2048, .sequences = 15}, MixedStep{.prompt_tokens = 100}}) {
            const StepTime time = service.model.time_of(step);
            StepTime sum;
            for (const StepPart& part : service.model.parts_of(step)) {
                CHECK(part.time > Seconds());
                sum.by_term[static_cast<std::size_t>(part.term)] += part.time;
            }
            for_each_term([&](StepTerm term) {
                INFO(scenario << ": " << name_of(term) << ", " << step.sequences);
                CHECK_THAT((sum.of(term) - time.of(term)) / time.total(), WithinAbs(0, 1e-9));
            });
        }
    }
}

}  // namespace token_terms_test
