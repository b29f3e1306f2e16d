#include "roofline/gate/checks.hpp"

#include "roofline/gate/reports.hpp"

#include "catch.hpp"

#include <limits>

namespace checks_test {

using namespace roofline;

namespace {

Check check_with(CheckStatus status, std::optional<ErrorCode> error = {}) {
    return {.file = "b.json",
            .target = "a",
            .metric = "tpot",
            .op = "max",
            .status = status,
            .error = error};
}

// The status of a time per token under a limit, judged without a catalog.
Check judged(double seconds, const Limit& asked, const Judging& judging = {.today = Day()}) {
    Limit limit = asked;
    limit.metric = find_metric("tpot");
    const Budget budget{.file = "b.json", .targets = {{.name = "a", .limits = {limit}}}};
    Evaluation evaluation;
    for (Figures& figures : evaluation.figures) figures.time_per_token = seconds * second;
    return judge(budget, budget.targets[0], evaluation, judging).at(0);
}

Limit at_most(double seconds) { return {.max = Threshold{.value = seconds}}; }

}  // namespace

TEST_CASE("a limit is kept up to and at its value") {
    CHECK(judged(0.010, at_most(0.010)).status == CheckStatus::pass);
    CHECK(judged(0.0100001, at_most(0.010)).status == CheckStatus::fail);
    CHECK(judged(0.010, {.min = Threshold{.value = 0.010}}).status == CheckStatus::pass);
    CHECK(judged(0.0099999, {.min = Threshold{.value = 0.010}}).status == CheckStatus::fail);
}

TEST_CASE("a breach that three digits do not show is told with more of them") {
    CHECK(judged(0.0712, at_most(0.0711)).why == "71.2 ms is over the limit of 71.1 ms (+0.1 %)");
    CHECK(judged(0.07121, at_most(0.0712)).why ==
          "71.21 ms is over the limit of 71.20 ms (by less than 0.1 %)");
}

TEST_CASE("a figure that is no number never passes") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(judged(nan, at_most(1)).status == CheckStatus::fail);
    CHECK(judged(nan, {.min = Threshold{.value = 1}}).status == CheckStatus::fail);
}

TEST_CASE("a limit with a milder severity warns where it is broken") {
    Limit limit = at_most(0.010);
    limit.severity = LimitSeverity::warning;
    CHECK(judged(0.020, limit).status == CheckStatus::warn);
    CHECK(judged(0.005, limit).status == CheckStatus::pass);
}

TEST_CASE("a skipped limit judges again from its day on, and says since when") {
    Limit limit = at_most(0.010);
    limit.skip_until = parse_day("2027-01-01", "x");
    limit.reason = "new GPUs";
    const auto on = [](const char* day) { return Judging{.today = parse_day(day, "x")}; };
    CHECK(judged(0.020, limit, on("2026-12-31")).status == CheckStatus::skip);
    const Check again = judged(0.020, limit, on("2027-01-01"));
    CHECK(again.status == CheckStatus::fail);
    CHECK(again.why.starts_with("judged again since 2027-01-01 (new GPUs): 20.0 ms is over"));
}

TEST_CASE("a regression is held against the baseline, and without one it is an error") {
    const Limit limit{.regression = Threshold{.value = 0.05, .is_share = true}};
    const Baseline baseline{
        .file = "base.json",
        .targets = {{"a", {.basis = Basis::expected, .figures = {{"tpot", 0.010}}}}}};
    const Judging judging{.today = Day(), .baseline = &baseline};
    CHECK(judged(0.0105, limit, judging).status == CheckStatus::pass);
    CHECK(judged(0.0106, limit, judging).status == CheckStatus::fail);
    CHECK(judged(0.001, limit, judging).status == CheckStatus::pass);
    CHECK(judged(0.001, limit).error == ErrorCode::bad_baseline);
}

TEST_CASE("3 wins over 4, 4 over 1, and a run that judges nothing is 3") {
    const Check pass = check_with(CheckStatus::pass);
    const Check warn = check_with(CheckStatus::warn);
    const Check fail = check_with(CheckStatus::fail);
    const Check skip = check_with(CheckStatus::skip);
    const Check input = check_with(CheckStatus::error, ErrorCode::unanswered_limit);
    const Check misfit = check_with(CheckStatus::error, ErrorCode::does_not_fit);
    const auto status = [](std::vector<Check> checks) { return exit_status(checks); };
    CHECK(status({pass, warn}) == Exit::ok);
    CHECK(status({pass, skip}) == Exit::ok);
    CHECK(status({pass, fail, warn}) == Exit::negative);
    CHECK(status({fail, misfit}) == Exit::infeasible);
    CHECK(status({fail, misfit, input}) == Exit::input);
    CHECK(status({skip, skip}) == Exit::input);
    CHECK(status({}) == Exit::input);
    Check age = pass;
    age.metric = price_age_metric;
    CHECK(status({skip, age}) == Exit::input);
}

TEST_CASE("a finding keeps its fingerprint when only its value, limit or line moves") {
    const auto fingerprint = [](const Check& check) {
        const std::string text = code_quality_text(std::span(&check, 1));
        const auto start = text.find("\"fingerprint\": \"");
        REQUIRE(start != std::string::npos);
        return text.substr(start, std::string("\"fingerprint\": \"0123456789abcdef\"").size());
    };
    Check check = check_with(CheckStatus::fail);
    const std::string before = fingerprint(check);
    check.where.line = 99;
    check.value = Measure(1, dimension::second);
    check.limit = Measure(2, dimension::second);
    check.why = "something else";
    CHECK(fingerprint(check) == before);
    for (auto part : {&Check::file, &Check::target, &Check::metric, &Check::op}) {
        Check other = check;
        other.*part += "x";
        CHECK(fingerprint(other) != before);
    }
}

TEST_CASE("a fault of a deployment speaks of keys, at the target") {
    const Budget budget{.file = "b.json",
                        .targets = {{.name = "a",
                                     .limits = {at_most(1)},
                                     .where = {.file = "b.json", .line = 4, .column = 7}}}};
    Target target = budget.targets[0];
    target.limits[0].metric = find_metric("tpot");
    const Check check = judge_fault(budget, target,
                                    {.code = ErrorCode::missing_argument,
                                     .message = "`power-price` is missing, `tp 3` is not",
                                     .hint = "write `power-price '$0.12/kWh'` `json`"},
                                    {.today = Day()})
                            .at(0);
    CHECK(check.error == ErrorCode::bad_budget_value);
    CHECK(place_text(check.where) == "b.json:4:7");
    CHECK(check.why ==
          "'power_price' is missing, 'tp' 3 is not (write \"power_price\": \"$0.12/kWh\" --json)");
}

}  // namespace checks_test
