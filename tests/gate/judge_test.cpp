#include "roofline/gate/checks.hpp"

#include "catch.hpp"

namespace judge_test {

using namespace roofline;

namespace {

// 10 ms a token, 1500 tokens/s, and 40 of 80 GB used.
Evaluation measured() {
    Evaluation evaluation;
    for (Figures& figures : evaluation.figures) {
        figures.time_per_token = 0.010 * second;
        figures.output = 1500 * token / second;
        figures.memory = {.usable = 80 * gigabyte,
                          .weights = 30 * gigabyte,
                          .working = 2 * gigabyte,
                          .cache = 8 * gigabyte};
    }
    return evaluation;
}

Budget budget_of(std::string_view metric, Limit limit, std::optional<double> warn_at = {}) {
    limit.metric = find_metric(metric);
    Target target{.name = "chat",
                  .deployment = {},
                  .warn_at = warn_at,
                  .limits = {std::move(limit)},
                  .where = {.file = "b.json", .line = 2}};
    return {.file = "b.json", .targets = {std::move(target)}, .max_price_age = {}};
}

std::vector<Check> checks_of(const Budget& budget, const Judging& judging = {.today = Day()},
                             const Evaluation& evaluation = measured()) {
    return judge(budget, budget.targets[0], evaluation, judging);
}

Limit at_most(double value) { return {.max = Threshold{.value = value, .where = {.line = 7}}}; }
Limit at_least(double value) { return {.min = Threshold{.value = value, .where = {.line = 7}}}; }

Check judged(std::string_view metric, const Limit& limit, std::optional<double> warn_at = {}) {
    return checks_of(budget_of(metric, limit, warn_at)).at(0);
}

// A deployment whose price is of the first of March, and a limit on its age.
Check age_of_price_on(const char* today, std::optional<double> of_the_run = {}) {
    Evaluation evaluation = measured();
    evaluation.deployment.rental = RentalPrice{.date = "2026-03-01"};
    Budget budget = budget_of("tpot", at_most(1));
    budget.max_price_age = 90;
    const auto checks = checks_of(
        budget, {.today = parse_day(today, "x"), .max_price_age = of_the_run}, evaluation);
    REQUIRE(checks.size() == 2);
    CHECK(checks[1].name() == "chat price_age_days max");
    CHECK(checks[1].where.line == 2);
    return checks[1];
}

}  // namespace

TEST_CASE("10 ms of 20 ms are 50 % of the limit, and warn at half and not above") {
    const Check check = judged("tpot", at_most(0.020), 0.5);
    CHECK(check.status == CheckStatus::warn);
    CHECK(check.why == "50 % of the limit, warns at 50 %");
    CHECK(check.ratio == 0.5);
    CHECK(judged("tpot", at_most(0.020), 0.51).status == CheckStatus::pass);
    CHECK(judged("tpot", at_most(0.020)).why == "50 % of the limit");
    CHECK(judged("gpus", at_most(1), 0.5).status == CheckStatus::pass);
}

TEST_CASE("a check holds what was judged, and says the side that was broken") {
    const Check over = judged("tpot", at_most(0.008));
    CHECK(over.name() == "chat tpot max");
    CHECK(over.file == "b.json");
    CHECK(over.where.line == 7);
    CHECK(over.value->value == 0.010);
    CHECK(over.limit->value == 0.008);
    CHECK(over.why == "10.0 ms is over the limit of 8.00 ms (+25.0 %)");
    const Check under = judged("tokens_per_s", at_least(2000));
    CHECK(under.op == "min");
    CHECK_FALSE(under.upper);
    CHECK_THAT(*under.ratio, WithinRel(4.0 / 3, 1e-12));
    CHECK(under.why == "1,500 tokens/s is under the limit of 2,000 tokens/s (-25.0 %)");
}

TEST_CASE("a share of the memory is of what can be used: 40 GB against 40 % of 80 GB") {
    const Check check =
        judged("memory", {.max = Threshold{.value = 0.4, .is_share = true, .where = {}}});
    CHECK(check.why == "40.0 GB is over the limit of 32.0 GB (+25.0 %)");
}

TEST_CASE("a regression of 10 % is measured from the baseline, to the side that is bad") {
    const Baseline baseline{
        .file = "base.json",
        .targets = {{"chat", {.figures = {{"tpot", 0.008}, {"tokens_per_s", 2000}}}}}};
    const Judging judging{.today = Day(), .baseline = &baseline};
    const Limit limit{.regression = Threshold{.value = 0.1, .is_share = true, .where = {}}};
    CHECK(checks_of(budget_of("tpot", limit, 0.1), judging).at(0).why ==
          "10.0 ms is above the baseline's limit of 8.80 ms (+13.6 %)");
    const Check slower = checks_of(budget_of("tokens_per_s", limit), judging).at(0);
    CHECK(slower.why == "1,500 tokens/s is below the baseline's limit of 1,800 tokens/s (-16.7 %)");
    CHECK(slower.name() == "chat tokens_per_s regression");
    CHECK(judged("tpot", limit).why ==
          "there is no baseline. Add \"baseline\": \"FILE\" to the budget, or --baseline FILE");
}

TEST_CASE("each side is a check, in the order of max, min and regression") {
    Limit limit = at_most(1);
    limit.min = Threshold{.value = 0.001};
    limit.regression = Threshold{.value = 0.1};
    const auto checks = checks_of(budget_of("tpot", limit));
    REQUIRE(checks.size() == 3);
    CHECK(checks[0].op == "max");
    CHECK(checks[1].op == "min");
    CHECK(checks[2].op == "regression");
}

TEST_CASE("a figure that is missing is an error, and a skip hides it in brackets") {
    Evaluation evaluation;
    evaluation.deployment.model = std::make_shared<Model>();
    Limit limit = at_most(1);
    const Judging judging{.today = Day()};
    const Check check = checks_of(budget_of("e2e", limit), judging, evaluation).at(0);
    CHECK(check.status == CheckStatus::error);
    CHECK(check.error == ErrorCode::unanswered_limit);
    CHECK(check.why == "this deployment has no e2e");
    limit.skip_until = parse_day("2027-01-01", "x");
    limit.reason = "no GPUs yet";
    const Check skip = checks_of(budget_of("e2e", limit), judging, evaluation).at(0);
    CHECK(skip.why == "skipped until 2027-01-01: no GPUs yet (this deployment has no e2e)");
    CHECK(skip.hidden == "this deployment has no e2e");
    CHECK_FALSE(skip.error);
}

TEST_CASE("a fault with a place of its own says it, and the check stands at the target") {
    const Budget budget = budget_of("tpot", at_most(1));
    const auto checks = judge_fault(budget, budget.targets[0],
                                    {.code = ErrorCode::bad_record,
                                     .message = "no scales",
                                     .hint = "see",
                                     .where = {.file = "cal.json", .line = 3, .column = 4},
                                     .next = "calibrate"},
                                    {.today = Day()});
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].why == "cal.json:3:4: no scales (see roofline calibrate)");
    CHECK(checks[0].error == ErrorCode::bad_record);
    CHECK(checks[0].where.line == 2);
    const Fault plain{.code = ErrorCode::does_not_fit, .message = "it does not fit"};
    CHECK(judge_fault(budget, budget.targets[0], plain, {.today = Day()}).at(0).why ==
          "it does not fit");
}

TEST_CASE("of 90 days, 30 days are a third; day 91 is one too many, for the run's own limit too") {
    CHECK(age_of_price_on("2026-03-31").why == "33 % of the limit");
    CHECK(age_of_price_on("2026-05-30").status == CheckStatus::pass);
    const Check old = age_of_price_on("2026-05-31");
    CHECK(old.status == CheckStatus::fail);
    CHECK(old.why == "a price of 2026-03-01 is 91 days old, the limit is 90");
    CHECK(age_of_price_on("2026-03-31", 20).why ==
          "a price of 2026-03-01 is 30 days old, the limit is 20");
}

TEST_CASE("a price of tomorrow is 0 days old, one of the day after is an error") {
    const Check tomorrow = age_of_price_on("2026-02-28");
    CHECK(tomorrow.status == CheckStatus::pass);
    CHECK(tomorrow.value->value == 0);
    const Check later = age_of_price_on("2026-02-27");
    CHECK(later.error == ErrorCode::unanswered_limit);
    CHECK(later.why == "the price of 2026-03-01 is from the future: is SOURCE_DATE_EPOCH right?");
}

TEST_CASE("an amount has no date, and its age is said not to be judged") {
    Budget budget = budget_of("tpot", at_most(1));
    budget.max_price_age = 90;
    Evaluation evaluation = measured();
    CHECK(checks_of(budget, {.today = Day()}, evaluation).size() == 1);
    evaluation.deployment.rental = RentalPrice{.provider = "given"};
    const auto checks = checks_of(budget, {.today = Day()}, evaluation);
    REQUIRE(checks.size() == 2);
    CHECK(checks[1].status == CheckStatus::skip);
    CHECK(checks[1].why.find("has no date") != std::string::npos);
    CHECK(exit_status(checks) == Exit::ok);
}

}  // namespace judge_test
