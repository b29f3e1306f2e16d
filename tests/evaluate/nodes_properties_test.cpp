// What a faster network and a larger node must not do, whatever is drawn.
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/evaluation.hpp"

#include "catch.hpp"
#include "draw.hpp"

namespace nodes_properties_test {

using namespace roofline;

namespace {

constexpr int draws = 600;
constexpr double slack = 1 + 1e-12;
constexpr double settled = 1 + 1e-4;  // a steady state is known to 1e-5

// All phases of one answer; nullopt where it cannot be asked.
std::optional<Seconds> latency(const Deployment& d) {
    try {
        const Prepared prepared = prepare(d);
        return evaluate(prepared, point_of(prepared), Fit::given).latency();
    } catch (const UserError&) {
        return std::nullopt;
    }
}

// A whole answer as it is expected, of a step by itself or of many in flight, where a prompt that
// is through sooner leaves more sequences to each step.
std::optional<Seconds> expected_answer(const Deployment& d) {
    try {
        return evaluate(d, {.fit = Fit::given}).on(Basis::expected).end_to_end;
    } catch (const UserError&) {
        return std::nullopt;
    }
}

Deployment across(Draw& draw) {
    Deployment d = draw.deployment();
    d.tensor_parallel = draw.pick(std::vector{2.0, 4.0, 8.0, 16.0, 32.0});
    d.batch = draw.number(1, 200);
    d.isl = draw.number(1, 4000);
    d.osl = draw.number(2, 300);
    d.network = draw.number(1, 400) * gigabyte / second;
    return d;
}

}  // namespace

TEST_CASE("more bandwidth between nodes never makes an answer slower") {
    Draw draw;
    int compared = 0;
    int gained = 0;
    for (int i = 0; i < draws; ++i) {
        Deployment d = across(draw);
        d.node = draw.pick(std::vector{1.0, 2.0, 4.0, 8.0});
        const auto now = latency(d);
        d.network = *d.network * draw.pick(std::vector{1.01, 2.0, 50.0});
        const auto then = latency(d);
        REQUIRE(now.has_value() == then.has_value());
        if (!now) continue;
        INFO(d.model->id << " on " << d.device->id);
        CHECK(*then <= *now * slack);
        ++compared;
        gained += *then < *now ? 1 : 0;
    }
    CHECK(compared > 100);
    CHECK(gained > 50);
}

// As long as the network is no faster than the link inside.
TEST_CASE("a larger node never makes an answer slower") {
    Draw draw;
    int compared = 0;
    int gained = 0;
    for (int i = 0; i < draws; ++i) {
        Deployment d = across(draw);
        d.network = 1 * gigabyte / second;
        d.node = draw.pick(std::vector{1.0, 2.0, 4.0});
        const auto now = latency(d);
        d.node = 2 * *d.node;
        const auto then = latency(d);
        if (!now || !then) continue;
        INFO(d.model->id << " on " << d.device->id << " tp " << *d.tensor_parallel);
        CHECK(*then <= *now * slack);
        ++compared;
        gained += *then < *now ? 1 : 0;
    }
    CHECK(compared > 100);
    CHECK(gained > 50);
}

TEST_CASE("what is expected of an answer gains by a faster network and a larger node too") {
    Draw draw;
    int compared = 0;
    for (int i = 0; i < draws / 2; ++i) {
        Deployment d = across(draw);
        d.network = draw.number(1, 50) * gigabyte / second;
        d.node = draw.pick(std::vector{1.0, 2.0, 4.0});
        if (draw.flip()) {
            d.batch.reset();
            d.concurrency = draw.number(1, 64);
        }
        const auto now = expected_answer(d);
        Deployment faster = d;
        faster.network = 2 * *d.network;
        const auto sooner = expected_answer(faster);
        INFO(d.model->id << " on " << d.device->id << " tp " << *d.tensor_parallel << " node "
                         << *d.node);
        if (!now || !sooner) continue;
        CHECK(*sooner <= *now * settled);
        ++compared;
        Deployment larger = d;
        larger.node = 2 * *d.node;
        larger.network = 1 * gigabyte / second;
        d.network = larger.network;
        const auto near = expected_answer(larger);
        const bool joined = *larger.node <= d.device->switch_domain();
        if (near && joined) CHECK(*near <= *expected_answer(d) * settled);
    }
    CHECK(compared > 50);
}

}  // namespace nodes_properties_test
