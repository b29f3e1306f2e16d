#include "answer/check/check_evidence.hpp"

#include "catch.hpp"

namespace check_evidence_test {

using namespace roofline;

namespace {

const Threshold some{.value = 0.5};
const Threshold all{.value = 1, .is_share = true};
const Threshold nearly_all{.value = 0.999, .is_share = true};

// What is said of a target "chat" with this one limit.
std::vector<WarningNote> idle(const char* metric, Limit limit) {
    limit.metric = find_metric(metric);
    return idle_limits({.name = "chat", .limits = {limit}});
}

Check skipped(std::string hidden) {
    return {.target = "chat", .status = CheckStatus::skip, .hidden = std::move(hidden)};
}

}  // namespace

TEST_CASE("a max alone is idle where more is better, a min alone where less is: W143") {
    const auto more = idle("tokens_per_s", {.max = some});
    REQUIRE(more.size() == 1);
    CHECK(more[0].code == "W143");
    CHECK(more[0].severity == Severity::warning);
    CHECK(more[0].message ==
          "limit 'tokens_per_s' of target 'chat' has a max alone, and more is better: no turn for "
          "the worse breaks it");
    const auto less = idle("tpot", {.min = some});
    REQUIRE(less.size() == 1);
    CHECK(less[0].code == "W143");
    CHECK(less[0].message ==
          "limit 'tpot' of target 'chat' has a min alone, and less is better: no turn for the "
          "worse breaks it");
}

TEST_CASE("a limit on the side of the worse is not idle, whatever else it has") {
    CHECK(idle("tokens_per_s", {.min = some}).empty());
    CHECK(idle("tokens_per_s", {.max = some, .min = some}).empty());
    CHECK(idle("tpot", {.max = some}).empty());
    CHECK(idle("tpot", {.max = some, .min = some}).empty());
}

TEST_CASE("a regression of 100 % is idle where more is better: no throughput is below nothing") {
    const auto warnings = idle("tokens_per_s", {.regression = all});
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].message ==
          "limit 'tokens_per_s' of target 'chat' has a regression of 100 %, and more is better: no "
          "turn for the worse breaks it");
    CHECK(idle("tokens_per_s", {.regression = nearly_all}).empty());
    CHECK(idle("tokens_per_s", {.min = some, .regression = all}).empty());
    CHECK(idle("tpot", {.regression = all}).empty());
    CHECK(idle("tpot", {.min = some, .regression = nearly_all}).empty());
}

TEST_CASE("every idle limit of a target is said, in the order of the limits") {
    const Target target{.name = "a",
                        .limits = {{.metric = find_metric("ttft"), .min = some},
                                   {.metric = find_metric("e2e"), .max = some},
                                   {.metric = find_metric("tokens_per_s"), .max = some}}};
    const auto warnings = idle_limits(target);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].message.starts_with("limit 'ttft' of target 'a'"));
    CHECK(warnings[1].message.starts_with("limit 'tokens_per_s' of target 'a'"));
    CHECK(idle_limits({.name = "a"}).empty());
}

TEST_CASE("a fault that skipped limits hide is said once: W144") {
    const std::vector<Check> checks{skipped("8 GB short"), skipped(""), skipped("8 GB short"),
                                    skipped("no price")};
    const auto warnings = hidden_faults(checks);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].code == "W144");
    CHECK(warnings[0].severity == Severity::warning);
    CHECK(warnings[0].message == "a skipped limit of target 'chat' hides a fault: 8 GB short");
    CHECK(warnings[1].message == "a skipped limit of target 'chat' hides a fault: no price");
}

}  // namespace check_evidence_test
