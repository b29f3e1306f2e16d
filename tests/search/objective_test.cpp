#include "search/objective.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

#include <memory>

namespace objective_test {

using namespace roofline;

namespace {

PointAnswer answered(std::initializer_list<std::pair<std::string_view, double>> figures) {
    PointAnswer answer;
    for (const auto& [id, figure] : figures) answer.set(*find_metric(id), figure);
    return answer;
}

// Two devices of 500 W in one instance, and three of those.
Deployment six_devices() {
    Catalog catalog;
    auto device = std::make_shared<Device>(*catalog.device("h100-sxm"));
    device->power = Figure<Watts>{500 * watt, {}};
    return {.model = catalog.model("llama-3.1-8b"),
            .device = device,
            .tensor_parallel = 2,
            .pipeline_parallel = 1,
            .data_parallel = 1,
            .expert_parallel = 1,
            .replicas = 3,
            .concurrency = 8};
}

double least(Objective objective, const Deployment& deployment) {
    return row_of(objective).least(
        {.deployment = deployment, .whole = 4 * second, .output = 600.0});
}

}  // namespace

TEST_CASE("cost, GPUs and latency are figures of an answer") {
    const PointAnswer answer =
        answered({{"usd_per_1m_output", 0.25}, {"gpus", 4}, {"e2e", 1.5}, {"tpot", 9}});
    CHECK(objective_of(Objective::cost, answer) == 0.25);
    CHECK(objective_of(Objective::gpus, answer) == 4.0);
    CHECK(objective_of(Objective::latency, answer) == 1.5);
    for (const Objective one : {Objective::cost, Objective::gpus, Objective::latency})
        CHECK_FALSE(objective_of(one, answered({{"tpot", 9}})));
}

TEST_CASE("energy: 700 W at 350 tokens/s are 2 J per token, unknown without one of them") {
    CHECK(objective_of(Objective::energy, answered({{"power", 700}, {"tokens_per_s", 350}})) ==
          2.0);
    CHECK_FALSE(objective_of(Objective::energy, answered({{"power", 700}})));
    CHECK_FALSE(objective_of(Objective::energy, answered({{"tokens_per_s", 350}})));
}

TEST_CASE("an objective is said in its own words") {
    CHECK(words_of(Objective::cost, 0.42) == "$0.420 per 1M output tokens");
    CHECK(words_of(Objective::gpus, 1) == "1 device");
    CHECK(words_of(Objective::gpus, 12) == "12 devices");
    CHECK(words_of(Objective::energy, 0.125) == "0.125 J per output token");
    CHECK(words_of(Objective::latency, 0.025) == "25.0 ms from prompt to last token");
}

TEST_CASE("the least: 6 devices, 4 s, 6 x 500 W / 600 tokens/s = 5 J") {
    const Deployment d = six_devices();
    CHECK(least(Objective::gpus, d) == 6);
    CHECK(least(Objective::latency, d) == 4);
    CHECK_THAT(least(Objective::energy, d), WithinRel(5.0, 1e-12));
    Deployment unpowered = d;
    auto device = std::make_shared<Device>(*d.device);
    device->power.reset();
    unpowered.device = device;
    CHECK(least(Objective::energy, unpowered) == 0);
}

TEST_CASE("the least cost: 6 x $3.60/h are $0.006/s, $10 for 1M at 600 tokens/s") {
    Deployment d = six_devices();
    CHECK(least(Objective::cost, d) == 0);  // no price bounds nothing
    Catalog catalog;
    d.price = PriceRequest{.provider = {}, .amount = 3.6 * dollar / hour};
    resolve_price(d, catalog);
    CHECK_THAT(least(Objective::cost, d), WithinRel(10.0, 1e-12));
}

}  // namespace objective_test
