#include "roofline/evaluate/figures.hpp"

#include "catch.hpp"

namespace figures_test {

using namespace roofline;

namespace {

PhaseOutcome phase(Pass pass, double repeats, Seconds compute, Seconds memory) {
    return {.name = "phase",
            .pass = pass,
            .repeats = repeats,
            .step = {},
            .time = {.flops = {}, .traffic = {}, .network = {}, .by_bound = {compute, memory, {}}},
            .tokens_per_second = 400 * token / second};
}

Outcome on_six_gpus(std::vector<PhaseOutcome> phases) {
    return {.layout = {.tensor = 2, .replicas = 3},
            .memory = {.usable = 72 * gigabyte, .weights = 16 * gigabyte},
            .phases = std::move(phases),
            .bill = Bill{.tariff = {}, .rate = 12 * dollar / hour},
            .power = 4200 * watt};
}

}  // namespace

TEST_CASE("a prompt of 50 ms and 99 tokens of 10 ms: a first token, the others, 1040 ms in all") {
    const Figures figures =
        figures_of(on_six_gpus({phase(Pass::prompt, 1, 30 * millisecond, 20 * millisecond),
                                phase(Pass::next_token, 99, 1 * millisecond, 9 * millisecond)}));
    CHECK_THAT(figures.time_to_first_token->in(millisecond), WithinRel(50, 1e-12));
    CHECK_THAT(figures.time_per_token->in(millisecond), WithinRel(10, 1e-12));
    CHECK_THAT(figures.end_to_end->in(millisecond), WithinRel(1040, 1e-12));
    CHECK(figures.output == 400 * token / second);
}

TEST_CASE("what an outcome has beside phases stands in its figures: 3 replicas of 2 are 6 GPUs") {
    const Figures figures = figures_of(on_six_gpus({}));
    CHECK(figures.gpus == 6);
    CHECK(figures.power == 4200 * watt);
    CHECK(figures.memory.weights == 16 * gigabyte);
    CHECK(figures.memory.usable == 72 * gigabyte);
    CHECK(figures.bill->rate == 12 * dollar / hour);
}

TEST_CASE("without phases there are no times, without tokens no first one either") {
    const Figures nothing = figures_of(on_six_gpus({}));
    CHECK_FALSE(nothing.time_to_first_token);
    CHECK_FALSE(nothing.time_per_token);
    CHECK_FALSE(nothing.end_to_end);
    CHECK_FALSE(nothing.output);
    const Figures stage =
        figures_of(on_six_gpus({phase(Pass::own, 1, 5 * millisecond, 0 * second)}));
    CHECK_FALSE(stage.time_to_first_token);
    CHECK_FALSE(stage.end_to_end);
    const Figures prompt =
        figures_of(on_six_gpus({phase(Pass::prompt, 1, 5 * millisecond, 0 * second)}));
    CHECK(prompt.time_to_first_token == 5 * millisecond);
    CHECK_FALSE(prompt.time_per_token);
    CHECK_FALSE(prompt.end_to_end);
}

TEST_CASE("the three bases have names, and a name is one of them or none") {
    CHECK(name_of(Basis::bound) == "bound");
    CHECK(name_of(Basis::expected) == "expected");
    CHECK(name_of(Basis::pessimistic) == "pessimistic");
    CHECK(find_basis("bound") == Basis::bound);
    CHECK(find_basis("pessimistic") == Basis::pessimistic);
    CHECK(find_basis("Bound") == std::nullopt);
    CHECK(find_basis("") == std::nullopt);
}

}  // namespace figures_test
