#include "search/device_trial.hpp"

#include "catch.hpp"

#include <memory>

namespace device_trial_test {

using namespace roofline;

namespace {

const Metric& ttft = the_metric("ttft");
const Metric& tpot = the_metric("tpot");

PlanCandidate candidate(double objective) {
    auto model = std::make_shared<Model>();
    model->published.name = WeightFormat::bf16;
    PlanCandidate one{
        .deployment = {.model = model, .weights = WeightFormat::bf16}, .answer = {}, .broken = {}};
    one.objective = objective;
    return one;
}

PlanCandidate with(const Metric& metric, double figure, PlanCandidate one = candidate(1)) {
    one.answer.set(metric, figure);
    return one;
}

// $3 an hour for each device, whichever it is.
PlanQuestion question(std::string_view model, double most_gpus) {
    Catalog catalog;
    Deployment d{.model = catalog.model(model), .device = catalog.device("h100-sxm")};
    d.price = PriceRequest{.provider = {}, .amount = 3 * dollar / hour};
    resolve_price(d, catalog);
    PlanQuestion asked;
    asked.devices.push_back(std::move(d));
    asked.concurrency = 8;
    asked.most_gpus = most_gpus;
    asked.prune = false;
    return asked;
}

std::uint64_t count(const DeviceTrial& trial, Fate fate) {
    return trial.fates[static_cast<std::size_t>(fate)];
}

}  // namespace

TEST_CASE("less of the objective is better, then GPUs, cost, published weights, and time") {
    CHECK(is_better(candidate(1), candidate(2)));
    CHECK_FALSE(is_better(candidate(2), candidate(1)));
    const auto prefers = [](std::string_view less, std::string_view to_less) {
        PlanCandidate one = with(*find_metric(less), 1);
        PlanCandidate other = with(*find_metric(less), 2);
        if (!to_less.empty()) {
            one.answer.set(*find_metric(to_less), 9);
            other.answer.set(*find_metric(to_less), 1);
        }
        return is_better(one, other) && !is_better(other, one);
    };
    CHECK(prefers("gpus", "usd_per_1m_output"));
    CHECK(prefers("usd_per_1m_output", "e2e"));
    CHECK(prefers("e2e", ""));
    CHECK_FALSE(prefers("e2e", "gpus"));
    PlanCandidate narrowed = with(the_metric("e2e"), 1);
    narrowed.deployment.weights = WeightFormat::fp8;
    CHECK(is_better(with(the_metric("e2e"), 2), narrowed));
    CHECK(is_better(with(the_metric("e2e"), 2), candidate(1)));  // unknown is the worst there is
}

TEST_CASE("objectives that differ in their ninth digit are the same, in their eighth not") {
    CHECK_FALSE(is_better(candidate(1.00000001), candidate(1.00000002)));
    CHECK(is_better(with(the_metric("gpus"), 1, candidate(1.00000002)),
                    with(the_metric("gpus"), 2, candidate(1.00000001))));
    CHECK(is_better(candidate(1.0000001), candidate(1.0000002)));
}

TEST_CASE("limits to give up: those broken alone, over all devices, the least change first") {
    const auto off_by = [](double excess) {
        PlanCandidate one = candidate(0);
        one.excess = excess;
        return one;
    };
    std::vector<DeviceTrial> trials(2);
    trials[0].alone = {off_by(0.5), off_by(0.25), std::nullopt};
    trials[1].alone = {off_by(0.75), off_by(0.125), std::nullopt};
    const auto relaxations = relaxations_of(trials, 3);
    REQUIRE(relaxations.size() == 2);
    CHECK(relaxations[0].level == 1);
    CHECK(relaxations[0].candidate.excess == 0.125);
    CHECK(relaxations[1].level == 0);
    CHECK(relaxations[1].candidate.excess == 0.5);
}

TEST_CASE("8B in bf16 or fp8 on up to 2 GPUs: 1 and 2 replicas, tp 2 and pp 2 are 8 candidates") {
    PlanQuestion asked = question("llama-3.1-8b", 2);
    const DeviceTrial trial = try_device(asked, 0);
    CHECK(trial.device == 0);
    CHECK(count(trial, Fate::holds) == 8);
    CHECK_FALSE(trial.nearest);
    CHECK_FALSE(trial.refusal);
    REQUIRE_FALSE(trial.best.empty());
    CHECK(layout_of(trial.best[0].deployment).gpus() == 1);
    asked.concurrency = 1;  // a second replica would have no request
    CHECK(count(try_device(asked, 0), Fate::holds) == 6);
    asked.formats = {WeightFormat::bf16};
    CHECK(count(try_device(asked, 0), Fate::holds) == 3);
}

TEST_CASE("5 requests on 2 replicas are 3 for the fuller one, 4 a second stay 4 in all") {
    PlanQuestion asked = question("llama-3.1-8b", 2);
    auto alone = std::make_shared<Device>(*asked.devices[0].device);
    alone->scale_up.reset();
    alone->pcie.reset();
    alone->nic.reset();
    asked.devices[0].device = alone;  // without a link, replicas are all that it can be
    asked.objective = Objective::latency;
    asked.concurrency = 5;
    const DeviceTrial trial = try_device(asked, 0);
    REQUIRE(trial.best.size() == 2);
    CHECK(trial.best[0].deployment.concurrency == 5.0);
    CHECK(trial.best[1].deployment.replicas == 2.0);
    CHECK(trial.best[1].deployment.concurrency == 3.0);
    CHECK(trial.best[1].objective < trial.best[0].objective);
    asked.concurrency.reset();
    asked.rate = 4;
    const DeviceTrial arriving = try_device(asked, 0);
    REQUIRE(arriving.best.size() == 2);
    CHECK(arriving.best[1].deployment.rate == 4.0);
    CHECK_FALSE(arriving.best[1].deployment.concurrency);
}

TEST_CASE("141 GB of bf16 weights fit neither on one GPU of 80 GB nor on one of two replicas") {
    PlanQuestion asked = question("llama-3.1-70b", 2);
    asked.formats = {WeightFormat::bf16};
    const DeviceTrial trial = try_device(asked, 0);
    CHECK(count(trial, Fate::does_not_fit) >= 1);
    CHECK(count(trial, Fate::does_not_fit) + count(trial, Fate::holds) == 3);  // not 2 replicas
}

TEST_CASE("a level that nothing keeps is broken by all, alone, and the nearest is kept") {
    PlanQuestion asked = question("llama-3.1-8b", 2);
    asked.levels = {{.metric = &tpot, .limit = 1e-9}, {.metric = &ttft, .limit = 1e3}};
    const DeviceTrial trial = try_device(asked, 0);
    CHECK(trial.best.empty());
    CHECK(count(trial, Fate::breaks_level) == 8);
    CHECK(trial.broken == std::vector<std::uint64_t>{8, 0});
    REQUIRE(trial.alone[0]);
    CHECK_FALSE(trial.alone[1]);
    REQUIRE(trial.nearest);
    CHECK(trial.nearest->worst == 0);
    CHECK(trial.nearest->broken == std::vector<std::size_t>{0});
    CHECK(trial.nearest->excess == trial.alone[0]->excess);
    CHECK_THAT(trial.nearest->excess,
               WithinRel(*trial.nearest->answer.figure(tpot) / 1e-9 - 1, 1e-12));
    asked.prune = true;  // no deployment is that fast: none has to be answered
    const DeviceTrial pruned = try_device(asked, 0);
    CHECK(pruned.broken == std::vector<std::uint64_t>{8, 0});
    CHECK_FALSE(pruned.nearest);
}

TEST_CASE("no price is no figure to choose by, and what cannot be keeps its reason") {
    PlanQuestion asked = question("llama-3.1-8b", 1);
    asked.devices[0].price.reset();
    asked.devices[0].rental.reset();
    CHECK(count(try_device(asked, 0), Fate::unknown_objective) == 2);
    asked.objective = Objective::gpus;
    CHECK(count(try_device(asked, 0), Fate::holds) == 2);
    asked.devices[0].compute = Precision::fp4;
    const DeviceTrial trial = try_device(asked, 0);
    CHECK(count(trial, Fate::cannot_be) == 2);
    REQUIRE(trial.refusal);
    CHECK(trial.refusal->code == ErrorCode::unsupported_precision);
}

}  // namespace device_trial_test
