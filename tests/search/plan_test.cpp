#include "roofline/search/plan.hpp"

#include "catch.hpp"
#include "draw.hpp"
#include "fault.hpp"

#include <algorithm>

namespace plan_test {

using namespace roofline;

namespace {

Deployment priced(std::shared_ptr<const Model> model, std::shared_ptr<const Device> device,
                  double dollars_per_hour, Catalog& catalog) {
    Deployment d{.model = std::move(model), .device = std::move(device)};
    d.price = PriceRequest{.provider = {}, .amount = dollars_per_hour * dollar / hour};
    resolve_price(d, catalog);
    return d;
}

PlanQuestion question(std::string_view model, std::initializer_list<std::string_view> devices,
                      std::string_view levels) {
    Catalog catalog;
    PlanQuestion asked;
    for (const std::string_view device : devices)
        asked.devices.push_back(priced(catalog.model(model), catalog.device(device), 3, catalog));
    asked.levels = parse_service_levels(levels, "--slo");
    asked.concurrency = 64;
    return asked;
}

PlanQuestion random_question(Draw& draw) {
    Catalog catalog;
    PlanQuestion asked;
    const std::string model = draw.pick(
        std::vector<std::string>{"llama-3.1-8b", "llama-3.1-70b", "qwen3-30b-a3b", "deepseek-v3"});
    const auto devices = static_cast<int>(draw.number(1, 4));
    for (int i = 0; i < devices; ++i) {
        Deployment d = draw.deployment();  // a device, and prices that are often the same
        Deployment one = priced(catalog.model(model), d.device, draw.number(1, 4), catalog);
        if (draw.flip()) one.isl = draw.number(64, 8192);
        if (draw.flip()) one.osl = draw.number(1, 512);
        if (draw.flip()) one.prefill_chunk = 512;
        if (draw.flip()) one.prefix_hit = 0.4;
        if (draw.flip() && draw.flip()) {
            one.draft_tokens = 3;
            one.acceptance = 0.7;
        }
        asked.devices.push_back(std::move(one));
    }
    const std::vector<std::string> levels{"ttft=200ms",
                                          "ttft=2s,tpot=20ms",
                                          "tpot=50ms",
                                          "e2e=5s,tokens_per_s=500",
                                          "tpot=8ms,usd_per_1m_output=2",
                                          "tokens_per_s=1000"};
    asked.levels = parse_service_levels(draw.pick(levels), "--slo");
    if (draw.flip())
        asked.concurrency = draw.pick(std::vector{1.0, 6.0, 64.0, 256.0});
    else
        asked.rate = draw.pick(std::vector{0.1, 2.0, 20.0});
    asked.most_gpus = draw.pick(std::vector{2.0, 4.0, 8.0});
    asked.objective = static_cast<Objective>(draw.number(0, 4));
    asked.basis = static_cast<Basis>(draw.number(0, 3));
    if (draw.flip()) asked.knowledge.scales = {.decode_step = 0.5, .first_token = 0.5};
    return asked;
}

bool same(const PlanCandidate& one, const PlanCandidate& other) {
    const Deployment& a = one.deployment;
    const Deployment& b = other.deployment;
    return one.objective == other.objective && one.excess == other.excess && a.device == b.device &&
           a.weights == b.weights && a.tensor_parallel == b.tensor_parallel &&
           a.pipeline_parallel == b.pipeline_parallel && a.data_parallel == b.data_parallel &&
           a.expert_parallel == b.expert_parallel && a.replicas == b.replicas &&
           one.answer.figures == other.answer.figures;
}

}  // namespace

TEST_CASE("pruning never loses a plan: 200 random problems against brute force, ties included") {
    Draw draw;
    std::uint64_t left_out = 0;
    int found = 0;
    for (int i = 0; i < 200; ++i) {
        PlanQuestion asked = random_question(draw);
        const Plan pruned = plan(asked, 1);
        asked.prune = false;
        const Plan all = plan(asked, 1);
        INFO(i);
        REQUIRE(std::ranges::equal(pruned.ranking, all.ranking, same));
        REQUIRE(pruned.nearest.has_value() == all.nearest.has_value());
        if (all.nearest) REQUIRE(same(*pruned.nearest, *all.nearest));
        for (const DeviceTrial& trial : pruned.trials) left_out += trial.left_out;
        found += all.ranking.empty() ? 0 : 1;
    }
    CHECK(left_out > 100);
    CHECK(found > 60);
    CHECK(found < 190);
}

TEST_CASE("threads change nothing") {
    Draw draw;
    for (int i = 0; i < 20; ++i) {
        const PlanQuestion asked = random_question(draw);
        const Plan one = plan(asked, 1);
        const Plan four = plan(asked, 4);
        CHECK(std::ranges::equal(one.ranking, four.ranking, same));
        CHECK(one.tried() == four.tried());
    }
}

TEST_CASE("the first plan keeps its promises and asked again gives its figures") {
    const PlanQuestion asked =
        question("llama-3.1-70b", {"h100", "h200", "b200"}, "ttft=1s,tpot=25ms");
    const Plan found = plan(asked, 2);
    REQUIRE_FALSE(found.ranking.empty());
    const PlanCandidate& best = found.ranking[0];
    for (const ServiceLevel& level : asked.levels) CHECK(*level.excess(best.answer) <= 0);
    const PointAnswer again = answer_of(evaluate(best.deployment, asked.knowledge), asked.basis);
    CHECK(again.figures == best.answer.figures);
    CHECK(*best.deployment.concurrency * *best.deployment.replicas >= 64);
    for (const PlanCandidate& other : found.ranking) CHECK(other.objective >= best.objective);
}

TEST_CASE("objectives: fewest GPUs, least energy, least time") {
    PlanQuestion asked = question("llama-3.1-8b", {"h100", "l40s"}, "tpot=40ms");
    const auto best = [&](Objective objective) {
        asked.objective = objective;
        return plan(asked, 1).ranking.at(0);
    };
    CHECK(best(Objective::gpus).answer.figure(*find_metric("gpus")) == 1);
    const auto joules = [](const PlanCandidate& one) {
        return *one.answer.figure(*find_metric("power")) /
               *one.answer.figure(*find_metric("tokens_per_s"));
    };
    CHECK(best(Objective::energy).objective == joules(best(Objective::energy)));
    CHECK(joules(best(Objective::energy)) <= joules(best(Objective::cost)));
    const auto whole = [](const PlanCandidate& one) {
        return *one.answer.figure(*find_metric("e2e"));
    };
    CHECK(whole(best(Objective::latency)) <= whole(best(Objective::cost)));
}

TEST_CASE("where nothing holds: the nearest, and the one limit that is least in the way") {
    const PlanQuestion asked = question("llama-3.1-70b", {"h100"}, "ttft=1s,tpot=3ms");
    const Plan found = plan(asked, 1);
    CHECK(found.ranking.empty());
    REQUIRE(found.nearest);
    REQUIRE_FALSE(found.relaxations.empty());
    const Relaxation& one = found.relaxations[0];
    CHECK(asked.levels[one.level].metric->id == "tpot");
    PlanQuestion relaxed = asked;
    relaxed.levels[one.level].limit = *one.candidate.answer.figure(*asked.levels[one.level].metric);
    CHECK_FALSE(plan(relaxed, 1).ranking.empty());
    relaxed.levels[one.level].limit *= 0.999;
    CHECK(plan(relaxed, 1).ranking.empty());
}

TEST_CASE("a promise that is none, or that nothing can keep, says so") {
    const auto code = [](std::string_view text) {
        return fault_of([&] { parse_service_levels(text, "--slo"); }).code;
    };
    CHECK(code("tpott=3ms") == ErrorCode::bad_choice);
    CHECK(code("tpot=3") == ErrorCode::missing_unit);
    CHECK(code("tpot") == ErrorCode::bad_count);
    CHECK(code("tpot>3ms") == ErrorCode::bad_count);
    CHECK(code("tokens_per_s<=3") == ErrorCode::bad_count);
    CHECK(code("tpot=3ms,tpot=5ms") == ErrorCode::conflicting_arguments);
    CHECK(code("ttft=3s,e2e=1s") == ErrorCode::conflicting_arguments);
    CHECK(parse_service_levels("tpot<=3ms", "--slo")[0].limit == 3 * 1e-3);
}

}  // namespace plan_test
