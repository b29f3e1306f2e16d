// A plan goes on past the devices that it begins with, and says what it left out and why.
#include "roofline/search/plan.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "search/plan_devices.hpp"

#include <limits>

namespace plan_widening_test {

using namespace roofline;

namespace {

// $3 an hour for each device, whichever it is.
PlanQuestion question(const std::string& scenario, std::string_view levels, double rate) {
    PlanQuestion asked;
    asked.devices.push_back(deployed(scenario + " price=$3/h"));
    asked.levels = parse_service_levels(levels, "levels");
    asked.rate = rate;
    asked.widens = true;
    return asked;
}

std::uint64_t count(const Plan& plan, Fate fate) {
    std::uint64_t sum = 0;
    for (const DeviceTrial& trial : plan.trials) sum += trial.fates[static_cast<std::size_t>(fate)];
    return sum;
}

double gpus_of(const PlanCandidate& candidate) { return layout_of(candidate.deployment).gpus(); }

// In bf16 an l40s answers fewer than 5 requests of 1,024 and 256 tokens a second.
PlanQuestion busy(double rate) {
    PlanQuestion asked = question("llama-3.1-8b@l40s", "tpot=100ms", rate);
    asked.formats = {WeightFormat::bf16};
    return asked;
}

// Settles nowhere: what is no number never comes closer to itself.
void unsettle(PlanQuestion& asked) {
    asked.knowledge.scales.interference = std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

TEST_CASE("what 16 can do is done with 16 at most, though more were allowed") {
    const Plan found = plan(busy(1), 1);
    REQUIRE_FALSE(found.ranking.empty());
    CHECK(found.most_gpus == 16);
    CHECK_FALSE(found.proven_none);
}

TEST_CASE("16 that cannot keep up are doubled until some do: what holds needs more than half") {
    for (const double rate : {100.0, 300.0, 900.0}) {
        const Plan found = plan(busy(rate), 1);
        INFO(rate << " requests/s of up to " << found.most_gpus);
        REQUIRE_FALSE(found.ranking.empty());
        CHECK(found.most_gpus > 16);
        CHECK(std::fmod(std::log2(found.most_gpus), 1) == 0);
        CHECK(found.most_gpus <= most_searched);
        for (const PlanCandidate& one : found.ranking) {
            CHECK(gpus_of(one) > found.most_gpus / 2);
            CHECK(gpus_of(one) <= found.most_gpus);
        }
    }
}

TEST_CASE("a bound that is given is one: of 16 nothing keeps up, and 1,024 are the last tried") {
    PlanQuestion asked = busy(100);
    asked.widens = false;
    const Plan none = plan(asked, 1);
    CHECK(none.ranking.empty());
    CHECK(none.most_gpus == 16);
    CHECK_FALSE(none.proven_none);  // more would do
    const Plan never = plan(busy(1e6), 1);
    CHECK(never.ranking.empty());
    CHECK(never.most_gpus == most_searched);
    CHECK_FALSE(never.proven_none);  // nor is it proven of more replicas
    CHECK(count(never, Fate::cannot_keep_up) > 0);
}

TEST_CASE("16 GB in 1 ns: none of 1,024 is that fast even at best, and the nearest is of 16") {
    PlanQuestion asked = question("llama-3.1-8b@l40s", "tpot=0.000001ms", 1);
    const Plan none = plan(asked, 1);
    CHECK(none.ranking.empty());
    CHECK(none.proven_none);
    CHECK(none.most_gpus == most_searched);
    REQUIRE(none.nearest);
    CHECK(gpus_of(*none.nearest) <= 16);
    REQUIRE(none.relaxations.size() == 1);
    asked.widens = false;
    CHECK_FALSE(plan(asked, 1).proven_none);  // of 16 alone nothing is said of more
}

TEST_CASE("what surely starts stands before what may not, whatever it costs") {
    PlanCandidate sure;
    sure.deployment = deployed("llama-3.1-8b@l40s quant=bf16");
    sure.fate = Fate::holds;
    sure.objective = 9;
    PlanCandidate doubtful = sure;
    doubtful.objective = 1;
    CHECK(is_better(doubtful, sure));
    doubtful.doubtful = true;
    CHECK(is_better(sure, doubtful));
    CHECK_FALSE(is_better(doubtful, sure));
}

// 16.06 GB of weights and 1.10 of its own in 17.67 leave 0.51 for a request of 0.17, known to 0.64.
TEST_CASE(
    "of one device that may not start and two that do, the two are first and the one marked") {
    PlanQuestion asked =
        question("llama-3.1-8b@h100-sxm engine=vllm@0.11 mem-share=20.8% max-num-seqs=64",
                 "tpot=100ms", 0.1);
    asked.formats = {WeightFormat::bf16};
    asked.most_gpus = 2;
    const Plan found = plan(asked, 1);
    REQUIRE(found.ranking.size() == 2);
    CHECK(gpus_of(found.ranking[0]) == 2);
    CHECK_FALSE(found.ranking[0].doubtful);
    CHECK(gpus_of(found.ranking[1]) == 1);
    CHECK(found.ranking[1].doubtful);
    CHECK(found.ranking[1].objective < found.ranking[0].objective);
    // At the bad end it does not start.
    asked.basis = Basis::pessimistic;
    const Plan worst = plan(asked, 1);
    REQUIRE(worst.ranking.size() == 1);
    CHECK(gpus_of(worst.ranking[0]) == 2);
    CHECK(count(worst, Fate::does_not_fit) > 0);
}

TEST_CASE("gh200 that are rented one by one are joined by no fast link: none splits a layer") {
    Catalog catalog;
    AskedPlan asked;
    asked.base = {.model = catalog.model("llama-3.1-8b"), .device = {}};
    asked.question = question("llama-3.1-8b@l40s", "tpot=100ms", 60);
    asked.question.devices.clear();
    asked.question.prune = false;
    add_devices({catalog.device("gh200-96gb")}, catalog, asked);
    REQUIRE(asked.question.devices.at(0).rental);
    CHECK(asked.question.devices[0].rental->machine == 1.0);
    CHECK(asked.question.devices[0].device->switch_domain() == 1);
    CHECK(catalog.device("gh200-96gb")->switch_domain() > 1);
    const Plan found = plan(asked.question, 1);
    REQUIRE_FALSE(found.ranking.empty());
    for (const PlanCandidate& one : found.ranking) CHECK(one.deployment.tensor_parallel == 1.0);
}

TEST_CASE("what does not settle is no plan: it is left out and counted") {
    PlanQuestion asked = question("llama-3.1-8b@l40s", "tpot=100ms", 1);
    asked.rate.reset();
    asked.concurrency = 8;
    asked.widens = false;
    asked.formats = {WeightFormat::bf16};
    asked.most_gpus = 2;
    asked.prune = false;
    const Plan settled = plan(asked, 1);
    CHECK(count(settled, Fate::does_not_settle) == 0);
    CHECK(count(settled, Fate::holds) == 4);  // one, and two as tp 2, pp 2 or replicas
    unsettle(asked);
    const Plan none = plan(asked, 1);
    CHECK(none.ranking.empty());
    CHECK(count(none, Fate::does_not_settle) == 4);
    CHECK(count(none, Fate::holds) == 0);
    CHECK_FALSE(none.nearest);
    CHECK(none.tried() == 4);
}

TEST_CASE("what does not settle proves nothing of more devices") {
    PlanQuestion asked = question("llama-3.1-8b@l40s", "tpot=100ms", 1);
    asked.rate.reset();
    asked.concurrency = 4;
    unsettle(asked);
    const Plan none = plan(asked, 1);
    CHECK(none.ranking.empty());
    CHECK(count(none, Fate::does_not_settle) > 0);
    CHECK_FALSE(none.proven_none);
}

}  // namespace plan_widening_test
