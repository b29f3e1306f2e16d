// What no bound and no expectation may do, whatever is drawn: 40,000 deployments with a fixed seed.
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/units/money.hpp"

#include "catch.hpp"
#include "draw.hpp"

#include <cstdio>
#include <utility>

namespace bounds_properties_test {

using namespace roofline;

namespace {

constexpr int draws = 40'000;
constexpr double slack = 1e-9;
constexpr double settled = 1e-3;  // what is expected is the end of an iteration

Deployment served(Draw& draw) {
    static const std::vector<EngineChoice> engines{{.program = ServingEngine::vllm},
                                                   {.program = ServingEngine::sglang},
                                                   {.program = ServingEngine::trtllm},
                                                   {.program = ServingEngine::llama_cpp},
                                                   {.program = ServingEngine::generic}};
    Deployment d = draw.deployment();
    d.engine = draw.pick(engines);
    d.price = PriceRequest{.provider = {}, .amount = 2 * dollar / hour};
    d.isl = std::floor(std::pow(2, draw.number(0, 130) / 10));
    d.osl = std::floor(std::pow(2, draw.number(0, 110) / 10));
    d.concurrency = std::floor(std::pow(2, draw.number(0, 100) / 10));
    if (draw.flip() && draw.flip()) d.lengths = Lengths::equal;
    if (draw.flip() && draw.flip()) d.lockstep = true;
    if (draw.flip() && draw.flip()) d.prefill_chunk = std::pow(2, draw.number(6, 14));
    return d;
}

enum class Part { bandwidth, peak, link };

Deployment with_more(Deployment d, Part part) {
    constexpr double more = 1.25;
    Device device = *d.device;
    switch (part) {
        case Part::bandwidth:
            for (Memory& memory : device.memory)
                if (memory.bandwidth) memory.bandwidth->value *= more;
            break;
        case Part::peak:
            for (Peak& peak : device.peaks) peak.rate.value *= more;
            break;
        case Part::link:
            if (device.scale_up && device.scale_up->per_direction)
                device.scale_up->per_direction->value *= more;
            if (device.pcie && device.pcie->per_direction)
                device.pcie->per_direction->value *= more;
            if (device.nic) device.nic->value *= more;
            break;
    }
    d.device = std::make_shared<const Device>(std::move(device));
    return d;
}

std::optional<Evaluation> answer(const Deployment& d) {
    try {
        Evaluation result = evaluate(d, {.fit = Fit::given});
        if (result.standing == Standing::stands) return result;
    } catch (const UserError&) {
    }
    return std::nullopt;
}

// By how much `than` is better than a figure; negative where it is worse.
double gain(const Metric& metric, double figure, double than) {
    return metric.better == Better::lower ? 1 - than / figure : than / figure - 1;
}

struct Counts {
    int figures = 0;
    int worse = 0;
    double worst = 0;

    void look(const Metric& metric, std::optional<double> now, std::optional<double> then,
              double allowed) {
        if (!now || !then) return;
        ++figures;
        const double lost = -gain(metric, *now, *then);
        if (lost > allowed) ++worse;
        worst = std::max(worst, lost);
    }
    void print(const char* what) const {
        std::printf("%-44s %7d figures, %d worse, the worst by %.2g\n", what, figures, worse,
                    worst);
    }
};

}  // namespace

TEST_CASE("no figure at best is worse than expected, nor that than its bad end") {
    Draw draw;
    Counts bounds;
    Counts ends;
    for (int i = 0; i < draws; ++i) {
        const auto evaluation = answer(served(draw));
        if (!evaluation) continue;
        for (const Metric& metric : metrics()) {
            const auto on = [&](Basis basis) { return metric.get(evaluation->on(basis)); };
            bounds.look(metric, on(Basis::expected), on(Basis::bound), slack);
            ends.look(metric, on(Basis::pessimistic), on(Basis::expected), slack);
        }
    }
    bounds.print("at best against expected");
    ends.print("expected against the bad end");
    CHECK(bounds.figures > 100'000);
    CHECK(bounds.worse == 0);
    CHECK(ends.worse == 0);
}

// In a closed loop a prompt that is through sooner leaves more sequences to a decode step, and what
// a prompt adds to a step is more where the step by itself is shorter: what is expected may lose by
// what a device gains, seldom.
TEST_CASE("a quarter more bandwidth, peak or link makes no figure at best worse") {
    Draw draw;
    Counts bounds;
    Counts expected;
    for (int i = 0; i < draws; ++i) {
        const Deployment d = served(draw);
        const auto now = answer(d);
        if (!now) continue;
        const Part part = draw.pick(std::vector{Part::bandwidth, Part::peak, Part::link});
        const auto then = answer(with_more(d, part));
        REQUIRE(then);
        for (const Metric& metric : metrics()) {
            const auto on = [&](const Evaluation& e, Basis basis) {
                return metric.get(e.on(basis));
            };
            bounds.look(metric, on(*now, Basis::bound), on(*then, Basis::bound), slack);
            if (now->settled() && then->settled())
                expected.look(metric, on(*now, Basis::expected), on(*then, Basis::expected),
                              settled);
        }
    }
    bounds.print("at best, with more");
    expected.print("expected, with more");
    CHECK(bounds.worse == 0);
    CHECK(expected.worse < expected.figures / 250);
}

TEST_CASE("a higher load never lowers tokens/s at best") {
    Draw draw;
    Counts counts;
    for (int i = 0; i < draws / 4; ++i) {
        Deployment d = served(draw);
        const auto now = answer(d);
        d.concurrency = *d.concurrency + draw.number(1, 100);
        const auto then = answer(d);
        if (!now || !then) continue;
        const Metric& output = the_metric("tokens_per_s");
        counts.look(output, output.get(now->on(Basis::bound)), output.get(then->on(Basis::bound)),
                    slack);
    }
    counts.print("tokens/s at best, with more requests");
    CHECK(counts.figures > 1000);
    CHECK(counts.worse == 0);
}

TEST_CASE("one deployment has one bound: a token of a load is a step of as many sequences") {
    Draw draw;
    int compared = 0;
    for (int i = 0; i < 400; ++i) {
        Deployment d = served(draw);
        d.osl = *d.osl + 1;
        const auto load = answer(d);
        if (!load || load->service().state.admitted < *d.concurrency) continue;
        if (*load->deployment.replicas > 1 || *load->deployment.data_parallel > 1) continue;
        Deployment step = d;
        step.batch = std::exchange(step.concurrency, std::nullopt);
        step.context = *d.isl + *d.osl / 2;
        step.lengths.reset();
        step.lockstep.reset();
        const auto alone = answer(step);
        if (!alone) continue;
        INFO(d.model->id << " on " << d.device->id);
        CHECK_THAT(load->on(Basis::bound).time_per_token->in(second),
                   WithinRel(alone->on(Basis::bound).time_per_token->in(second), 1e-9));
        ++compared;
    }
    CHECK(compared > 50);
}

}  // namespace bounds_properties_test
