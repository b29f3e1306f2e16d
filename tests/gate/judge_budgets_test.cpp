#include "gate/judge_budgets.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace judge_budgets_test {

using namespace roofline;

namespace {

Target target_of(const std::string& name, const std::string& scenario) {
    return {.name = name,
            .deployment = deployed(scenario),
            .warn_at = {},
            .limits = {{.metric = find_metric("gpus"), .max = Threshold{.value = 2}}},
            .where = {.file = "b.json", .line = 4, .column = 7}};
}

Target fits() { return target_of("small", "llama-3.1-8b@h100"); }
Target misfit() { return target_of("large", "llama-3.1-70b@h100"); }
Target broken() { return target_of("odd", "llama-3.1-8b@h100x3 tp=3"); }

Budget budget_of(std::vector<Target> targets) {
    return {.file = "b.json", .targets = std::move(targets), .max_price_age = {}};
}

Knowledge nothing(const Target&) { return {}; }

std::vector<std::string> names_in(const Budget& budget) {
    std::vector<std::string> names;
    for (const Target& target : budget.targets) names.push_back(target.name);
    return names;
}

}  // namespace

TEST_CASE("a target is answered with figures, or with the fault that stands in their way") {
    const Target good = fits();
    const AnsweredTarget answered = answer_target(good, nothing);
    CHECK(answered.target == &good);
    REQUIRE(answered.evaluation);
    CHECK(answered.evaluation->deployment.model->id == "llama-3.1-8b");
    const AnsweredTarget odd = answer_target(broken(), nothing);
    CHECK_FALSE(odd.evaluation);
    CHECK(odd.fault.code == ErrorCode::does_not_divide);
    const AnsweredTarget unread = answer_target(good, [](const Target&) -> Knowledge {
        fail(ErrorCode::unreadable_file, "no such calibration");
    });
    CHECK_FALSE(unread.evaluation);
    CHECK(unread.fault.message == "no such calibration");
}

TEST_CASE("every target is judged in the budget's order, and one fault leaves the others be") {
    const Budget budget = budget_of({misfit(), broken(), fits()});
    const auto judged = judge_budget(budget, {.today = Day()}, nothing);
    REQUIRE(judged.size() == 3);
    REQUIRE(judged[0].checks.size() == 1);
    CHECK(judged[0].checks[0].error == ErrorCode::does_not_fit);
    CHECK(judged[1].checks.at(0).error == ErrorCode::bad_budget_value);
    CHECK(judged[2].checks.at(0).status == CheckStatus::pass);
    CHECK(judged[2].checks.at(0).why == "50 % of the limit");
}

// A room of 5.60 GiB, known to 1.2, for a request of 4.91.
TEST_CASE("what may not start is judged on its figures, and on the pessimistic basis not at all") {
    Target doubtful = fits();
    doubtful.deployment =
        prepared_with("llama-3.1-8b@rtx-4090 isl=40000 osl=256 engine=vllm@0.25", 24).deployment;
    const auto judged = [&](Basis basis) {
        doubtful.basis = basis;
        return judge_budget(budget_of({doubtful}), {.today = Day()}, nothing).at(0).checks.at(0);
    };
    CHECK(judged(Basis::expected).status == CheckStatus::pass);
    CHECK(judged(Basis::bound).status == CheckStatus::pass);
    const Check failed = judged(Basis::pessimistic);
    CHECK(failed.status == CheckStatus::error);
    CHECK(failed.error == ErrorCode::does_not_fit);
    CHECK(failed.why.find("may not start with vllm@0.25") != std::string::npos);
    CHECK(exit_status(std::vector{failed}) == Exit::infeasible);
}

TEST_CASE("the baseline is the file that the budget names, and no other") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_judge_budgets.json";
    Budget budget = budget_of({fits()});
    budget.targets[0].limits = {
        {.metric = find_metric("gpus"), .regression = Threshold{.value = 0.5, .is_share = true}}};
    const Baseline own = baseline_of(budget, nothing);
    std::ofstream(path) << baseline_text(own);
    const Judging other{.today = Day(), .baseline = &own};
    CHECK(judge_budget(budget, other, nothing)[0].checks.at(0).error == ErrorCode::bad_baseline);
    budget.baseline = path.string();
    const auto judged = judge_budget(budget, {.today = Day()}, nothing);
    CHECK(judged[0].checks.at(0).limit->value == 1.5);
    std::filesystem::remove(path);
    const auto missing = fault_of([&] { judge_budget(budget, {.today = Day()}, nothing); });
    CHECK(missing.code == ErrorCode::unreadable_file);
}

TEST_CASE("a budget that cannot be read is one check, at its place or at the file's start") {
    const Check own = unreadable_check({.code = ErrorCode::malformed_json,
                                        .message = "`tp` is doubled",
                                        .hint = "leave one out",
                                        .where = {.file = "b.json", .line = 3, .column = 5}},
                                       "b.json");
    CHECK(own.name() == "budget contents read");
    CHECK(own.file == "b.json");
    CHECK(own.status == CheckStatus::error);
    CHECK(own.error == ErrorCode::malformed_json);
    CHECK(own.why == "'tp' is doubled (leave one out)");
    CHECK(place_text(own.where) == "b.json:3:5");
    const Check elsewhere = unreadable_check({.code = ErrorCode::bad_baseline,
                                              .message = "no schema",
                                              .where = {.file = "old.json", .line = 1}},
                                             "b.json");
    CHECK(elsewhere.why == "old.json:1: no schema");
    CHECK(place_text(elsewhere.where) == "b.json");
}

TEST_CASE("targets are kept by name, from every budget; a name that is none is refused") {
    std::vector<Budget> budgets{budget_of({fits(), misfit()}), budget_of({broken()})};
    keep_targets({}, "--only", budgets);
    CHECK(names_in(budgets[0]) == std::vector<std::string>{"small", "large"});
    const Fault fault = fault_of([&] { keep_targets({"larg"}, "--only", budgets); });
    CHECK(fault.code == ErrorCode::unknown_budget_key);
    CHECK(fault.message == "--only: no target is named 'larg'");
    CHECK(fault.hint == "did you mean large?");
    keep_targets({"odd", "large"}, "--only", budgets);
    CHECK(names_in(budgets[0]) == std::vector<std::string>{"large"});
    CHECK(names_in(budgets[1]) == std::vector<std::string>{"odd"});
}

TEST_CASE("a baseline holds the figures of every target, or throws the first one's fault") {
    Budget budget = budget_of({fits()});
    budget.baseline = "base.json";
    const Baseline baseline = baseline_of(budget, nothing);
    CHECK(baseline.file == "base.json");
    REQUIRE(baseline.targets.contains("small"));
    CHECK(baseline.targets.at("small").figures.at("gpus") == 1);
    budget.targets.push_back(misfit());
    const Fault fault = fault_of([&] { baseline_of(budget, nothing); });
    CHECK(fault.code == ErrorCode::does_not_fit);
    CHECK(place_text(fault.where) == "b.json:4:7");
    budget.targets[1] = broken();
    CHECK(fault_of([&] { baseline_of(budget, nothing); }).code == ErrorCode::bad_budget_value);
}

}  // namespace judge_budgets_test
