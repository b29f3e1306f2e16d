// What a plan says of how far it looked, of what may not start and of who waits.
#include "answer/plan/plan_report.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace plan_marks_test {

using namespace roofline;

namespace {

AskedPlan asked(const std::string& scenario, std::string_view levels) {
    AskedPlan asked;
    asked.base = deployed(scenario + " price=$3/h");
    asked.question.devices.push_back(asked.base);
    asked.question.levels = parse_service_levels(levels, "levels");
    asked.question.formats = {WeightFormat::bf16};
    asked.question.concurrency = 4;
    asked.question.most_gpus = 2;
    asked.question.widens = true;
    return asked;
}

Report report_of(const AskedPlan& asked) {
    const Plan found = plan(asked.question, 1);
    return plan_report({.asked = asked,
                        .plan = found,
                        .best = found.ranking,
                        .other_flags = "",
                        .today = parse_day("2026-11-22", "today")});
}

bool says(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("no limit was given: null, and how many were searched in the end is said") {
    AskedPlan one = asked("llama-3.1-8b@h100-sxm", "tpot=100ms");
    CHECK(raw_at(report_of(one).inputs, "max_gpus") == "null");
    CHECK(raw_at(report_of(one).result, "searched_gpus") == "2");
    one.question.widens = false;
    CHECK(raw_at(report_of(one).inputs, "max_gpus") == "2");
}

TEST_CASE("nothing of 1,024 is that fast even at best, and of 2 it is said of 2") {
    AskedPlan fast = asked("llama-3.1-8b@h100-sxm", "tpot=1ns");
    const Report proven = report_of(fast);
    CHECK(
        proven.verdict.starts_with("no deployment of up to 1,024 devices keeps time per token ≤ "
                                   "1.00 ns, even at best; closest: "));
    CHECK(raw_at(proven.result, "searched_gpus") == "1024");
    fast.question.widens = false;
    CHECK(report_of(fast).verdict.starts_with(
        "no deployment of up to 2 devices keeps time per token ≤ 1.00 ns; closest: "));
}

// 16.06 GB of weights and 1.10 of its own in 17.67 leave 0.51 for a request of 0.17, known to 0.64.
TEST_CASE("what may not start is marked where it stands, behind what does") {
    const AskedPlan one = asked(
        "llama-3.1-8b@h100-sxm engine=vllm@0.11 mem-share=20.8% max-num-seqs=64", "tpot=100ms");
    const Report report = report_of(one);
    const std::string page = text_of(report);
    CHECK(report.verdict.starts_with("best: 2 x h100-sxm, "));
    CHECK(says(page, "1 x h100-sxm (may not start)"));
    CHECK_FALSE(says(page, "2 x h100-sxm (may not start)"));
    const std::string json = text_of(report, "json");
    CHECK(json.find(R"("starts": "yes")") < json.find(R"("starts": "marginal")"));
    CHECK(says(json, R"("starts": "marginal")"));
}

TEST_CASE("a server that takes two of four at once: two wait, and the best plan says so") {
    AskedPlan one = asked("llama-3.1-8b@h100-sxm max-num-seqs=2", "tpot=100ms");
    one.question.most_gpus = 1;
    const Report report = report_of(one);
    CHECK(report.verdict.ends_with("; 2 of 4 requests wait for a place"));
    const std::string json = text_of(report, "json");
    CHECK(says(json, R"("requests": 4,)"));
    CHECK(says(json, R"("waiting": 2,)"));
}

}  // namespace plan_marks_test
