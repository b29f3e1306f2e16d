// What must hold for any deployment, tried on a few thousand drawn with a fixed seed.
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/outcome.hpp"

#include "catch.hpp"
#include "draw.hpp"

namespace properties_test {

using namespace roofline;

namespace {

std::optional<Prepared> drawn(Draw& draw) {
    Deployment d = draw.deployment();
    if (draw.flip())
        d.weights =
            draw.pick(std::vector{WeightFormat::fp8, WeightFormat::int4, WeightFormat::bf16});
    if (draw.flip()) d.kv_cache = Precision::fp8;
    if (draw.flip() && draw.flip()) d.pipeline_parallel = 2;
    try {
        return prepare(d);
    } catch (const UserError&) {
        return std::nullopt;
    }
}

Seconds step_time(const Prepared& prepared, double batch, double context) {
    const Step step{.sequences = batch, .tokens = 1, .before = context - 1};
    return time_of(*prepared.workload.phase(Pass::next_token), step, prepared.workload.layout,
                   prepared.machine)
        .total();
}

bool has_chunks(const Prepared& prepared) {
    return std::ranges::any_of(prepared.deployment.model->layers, [](const Layer& layer) {
        if (layer.mixers.empty()) return false;
        const auto* grouped = std::get_if<GroupedQuery>(&layer.mixers.front());
        return grouped != nullptr && grouped->window.reach == Reach::chunked;
    });
}

Seconds prefill_time(const Prepared& prepared, double tokens) {
    return time_of(*prepared.workload.phase(Pass::prompt), {.tokens = tokens},
                   prepared.workload.layout, prepared.machine)
        .total();
}

constexpr int draws = 3000;
constexpr double slack = 1 + 1e-12;

}  // namespace

TEST_CASE("a step never gets shorter with more sequences or a longer context") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto prepared = drawn(draw);
        if (!prepared) continue;
        const double batch = draw.number(1, 300);
        const double context = draw.number(1, 100000);
        INFO(prepared->deployment.model->id << " on " << prepared->deployment.device->id);
        CHECK(step_time(*prepared, batch, context) <=
              step_time(*prepared, batch + draw.number(1, 10), context) * slack);
        // A step early in a chunk is shorter than one at the end of the chunk before.
        const double longer =
            context + (has_chunks(*prepared) ? 8192 * draw.number(1, 3) : draw.number(1, 5000));
        CHECK(step_time(*prepared, batch, context) <= step_time(*prepared, batch, longer) * slack);
    }
}

TEST_CASE("a prompt never gets faster by being longer") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto prepared = drawn(draw);
        if (!prepared) continue;
        const double tokens = draw.number(1, 50000);
        CHECK(prefill_time(*prepared, tokens) <= prefill_time(*prepared, tokens + 100) * slack);
    }
}

TEST_CASE("more bandwidth, FLOP/s or link rate never makes a step longer") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        auto prepared = drawn(draw);
        if (!prepared) continue;
        const double batch = draw.number(1, 300);
        const double context = draw.number(1, 100000);
        const Seconds before = step_time(*prepared, batch, context);
        prepared->machine.memory *= 1.5;
        const Seconds wider = step_time(*prepared, batch, context);
        for (FlopsPerSecond& peak : prepared->machine.peaks) peak *= 2;
        const Seconds faster = step_time(*prepared, batch, context);
        for (BytesPerSecond& link : prepared->machine.links) link *= 2;
        CHECK(wider <= before * slack);
        CHECK(faster <= wider * slack);
        CHECK(step_time(*prepared, batch, context) <= faster * slack);
    }
}

TEST_CASE("every figure is finite and positive, and intensity never passes what the roof allows") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto prepared = drawn(draw);
        if (!prepared) continue;
        LoadPoint point = point_of(*prepared);
        point.sequences = draw.number(1, 64);
        const Outcome outcome = evaluate(*prepared, point);
        if (!outcome.memory.fits()) continue;
        for (const PhaseOutcome& phase : outcome.phases) {
            const PhaseTime& time = phase.time;
            INFO(prepared->deployment.model->id << " on " << prepared->deployment.device->id);
            CHECK(time.total() > Seconds());
            CHECK(std::isfinite(time.total().in(second)));
            // Traffic counts every stage; a prompt is in all of them at once.
            const double at_once = phase.pass == Pass::prompt ? outcome.layout.pipeline : 1;
            const Seconds least = time.traffic.total() / prepared->machine.memory / at_once;
            CHECK(time.total() * slack >= least);
        }
    }
}

TEST_CASE(
    "a prompt in 4 pipeline stages takes a quarter of the time of one, a decode step all of it") {
    Catalog catalog;
    Deployment d{.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100")};
    const Outcome one = evaluate(d);
    d.gpus = 4;
    d.pipeline_parallel = 4;
    const Prepared prepared = prepare(d);
    const Outcome four = evaluate(prepared, point_of(prepared));
    CHECK_THAT(four.prefill()->time.total() / one.prefill()->time.total(), WithinRel(0.25, 0.01));
    CHECK_THAT(four.decode()->time.total() / one.decode()->time.total(), WithinRel(1.0, 0.01));
    Seconds sum;
    for (const OperatorTime& time : operators_of(prepared, *four.prefill()))
        sum += time.timing.total();
    CHECK_THAT(sum / four.prefill()->time.total(), WithinRel(1.0, 1e-9));
}

TEST_CASE("narrower weights or cache never take more memory") {
    Draw draw;
    for (int i = 0; i < draws; ++i) {
        const auto prepared = drawn(draw);
        if (!prepared) continue;
        Deployment narrower = prepared->deployment;
        narrower.kv_cache = Precision::fp8;
        const Prepared other = prepare(narrower);
        CHECK(other.workload.cache.held(1000) <= prepared->workload.cache.held(1000));
    }
}

}  // namespace properties_test
