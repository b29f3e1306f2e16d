// A served deployment: its terms, its bound, and what must hold whatever the load.
#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/open_loop.hpp"

#include "catch.hpp"
#include "draw.hpp"
#include "serving/queueing.hpp"

namespace serving_served_test {

using namespace roofline;

namespace {

Deployment deployment(std::string_view model, std::string_view device, double gpus,
                      double concurrency) {
    static Catalog catalog;
    Deployment d{.model = catalog.model(model), .device = catalog.device(device), .gpus = gpus};
    d.concurrency = concurrency;
    return d;
}

ServedOutcome served(const Deployment& d) {
    const FittedEfficiency& fitted = fitted_efficiency();
    const PreparedService service = prepare_service(d, fitted.values, &fitted);
    return serve(service, *d.concurrency);
}

// A server that its model and device allow.
std::optional<Deployment> drawn(Draw& draw) {
    Deployment d = draw.deployment();
    d.engine = {.program = draw.pick(std::vector{ServingEngine::vllm, ServingEngine::sglang,
                                                 ServingEngine::trtllm, ServingEngine::generic})};
    if (draw.flip()) d.weights = draw.pick(std::vector{WeightFormat::fp8, WeightFormat::nvfp4});
    d.concurrency = draw.number(1, 300);
    d.isl = draw.number(1, 3000);
    d.osl = draw.number(1, 900);
    if (draw.flip() && draw.flip()) {
        d.draft_tokens = draw.number(1, 6);
        d.acceptance = draw.number(1, 100) / 100;
    }
    if (draw.flip() && draw.flip()) d.prefix_hit = draw.number(0, 100) / 100;
    if (draw.flip() && draw.flip()) d.prefill_chunk = draw.number(16, 2000);
    try {
        prepare(d);
        return d;
    } catch (const UserError&) {
        return std::nullopt;
    }
}

constexpr int draws = 2000;
constexpr double slack = 1 + 1e-9;

Seconds step(const PreparedService& service, double prompts, double sequences) {
    return service.model.time_of({.prompt_tokens = prompts, .sequences = sequences}).total();
}

}  // namespace

TEST_CASE("the terms of a step and of the prompts between add up to the time per token") {
    const ServedOutcome outcome = served(deployment("deepseek-r1", "b200", 8, 64));
    const SteadyState& state = outcome.state;
    Seconds sum;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        sum += state.decode_step.of(term) + state.prompts_per_token * state.prompt_step.of(term);
    }
    CHECK_THAT(sum.in(second), WithinRel(state.time_per_token.in(second), 1e-9));
}

TEST_CASE("one request alone: a decode step per token, and its own prompt before") {
    const FittedEfficiency& fitted = fitted_efficiency();
    const PreparedService service =
        prepare_service(deployment("llama-3.1-8b", "h100", 1, 1), fitted.values, &fitted);
    const ServedOutcome outcome = serve(service, 1);
    CHECK(outcome.expected.time_per_token == step(service, 0, 1));
    CHECK(outcome.expected.time_to_first_token > step(service, 1024, 0));
    CHECK(outcome.state.converged);
    CHECK(outcome.measured);
    CHECK_FALSE(served(deployment("llama-3.1-8b", "l4", 1, 1)).measured);
}

TEST_CASE("a bound is never above what is expected, and figures are finite") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto d = drawn(draw);
        if (!d) continue;
        INFO(d->model->id << " on " << d->device->id << " C " << *d->concurrency);
        const ServedOutcome outcome = served(*d);
        CHECK(outcome.bound.time_per_token <= outcome.expected.time_per_token * slack);
        CHECK(outcome.bound.time_to_first_token <= outcome.expected.time_to_first_token * slack);
        CHECK(outcome.bound.output * slack >= outcome.expected.output);
        CHECK(std::isfinite(outcome.expected.time_to_first_token.in(second)));
        CHECK(outcome.expected.time_per_token > Seconds());
        CHECK(outcome.expected.output_per_gpu > TokensPerSecond());
        CHECK(outcome.state.decoding <= outcome.state.admitted * slack);
    }
}

TEST_CASE(
    "a step never gets shorter with more prompts, sequences or context, nor longer on a faster "
    "device") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto d = drawn(draw);
        if (!d) continue;
        INFO(d->model->id << " on " << d->device->id);
        const Efficiency& efficiency = fitted_efficiency().values;
        const PreparedService service = prepare_service(*d, efficiency);
        const double prompts = draw.number(0, 3000);
        const double sequences = draw.number(1, 300);
        const Seconds now = step(service, prompts, sequences);
        CHECK(now <= step(service, prompts + 100, sequences) * slack);
        CHECK(now <= step(service, prompts, sequences + 10) * slack);
        auto faster = std::make_shared<Device>(*d->device);
        for (Memory& memory : faster->memory)
            if (memory.bandwidth) memory.bandwidth->value = memory.bandwidth->value * 1.5;
        for (Peak& peak : faster->peaks) peak.rate.value = peak.rate.value * 1.5;
        Deployment better = *d;
        better.device = faster;
        CHECK(step(prepare_service(better, efficiency), prompts, sequences) <= now * slack);
    }
}

TEST_CASE("time to the first token never gets shorter with a longer prompt") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        auto d = drawn(draw);
        if (!d) continue;
        d->concurrency = 1;
        const Seconds now = served(*d).expected.time_to_first_token;
        Deployment longer = *d;
        longer.isl = *d->isl + 500;
        INFO(d->model->id << " on " << d->device->id << " isl " << *d->isl);
        if (longer.model->context && *longer.isl + *longer.osl - 1 > *longer.model->context)
            continue;
        CHECK(now <= served(longer).expected.time_to_first_token * slack);
    }
}

TEST_CASE("more requests than the cache holds wait for a place") {
    Deployment d = deployment("llama-3.1-70b", "h100", 2, 100);
    d.isl = 4096;
    const ServedOutcome outcome = served(d);
    CHECK(outcome.state.admitted < 20);
    CHECK(outcome.expected.time_to_first_token > 10 * second);
}

TEST_CASE("an M/D/1 queue at half load: the median waits nothing, one in a hundred 3.9 services") {
    const Queues queues{
        .requests_per_s = 5, .prompt = 0.1 * second, .stay = 1 * second, .places = 1e6};
    CHECK(queueing_time(queues, 0.5) == Seconds());
    // 0.1 / (2 (1 - 0.5)) ln(0.5 / 0.01)
    CHECK_THAT(queueing_time(queues, 0.99).in(second), WithinRel(0.1 * std::log(50), 1e-9));
    CHECK(queueing_time({.requests_per_s = 10, .prompt = 0.1 * second}, 0.9) > 1e9 * second);
}

TEST_CASE("arrivals at a rate: Little's law holds, and a rate beyond capacity has no answer") {
    Deployment d = deployment("llama-3.1-8b", "h100", 1, 1);
    d.concurrency.reset();
    d.rate = 4;
    const FittedEfficiency& fitted = fitted_efficiency();
    const PreparedService service = prepare_service(d, fitted.values, &fitted);
    const OpenLoop open = open_loop(service, 4);
    REQUIRE(open.keeps_up());
    const ServedOutcome outcome = serve(service, open.concurrency);
    const Seconds turn = outcome.expected.end_to_end + outcome.state.decode_step.total();
    CHECK_THAT(4 * turn.in(second), WithinRel(open.concurrency, 1e-6));
    const ServedFigures waiting = serve(service, open).expected;
    CHECK(waiting.time_to_first_token == outcome.expected.time_to_first_token + open.mean_wait);
    CHECK(waiting.time_to_first_token > open.percentiles[0].time_to_first_token);
    CHECK(open.percentiles[0].time_to_first_token <= open.percentiles[2].time_to_first_token);
    CHECK_FALSE(open_loop(service, open.capacity).keeps_up());
    CHECK(open_loop(service, 2).percentiles[2].time_to_first_token <=
          open.percentiles[2].time_to_first_token);
}

}  // namespace serving_served_test
