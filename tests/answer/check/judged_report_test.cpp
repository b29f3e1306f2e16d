#include "answer/check/judged_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace judged_report_test {

using namespace roofline;

namespace {

const Day today = parse_day("2026-11-22", "today");

const Target& chat() {
    static const Target target{
        .name = "chat",
        .limits = {{.metric = find_metric("tokens_per_s"), .max = Threshold{.value = 1e6}}}};
    return target;
}

const Target& big() {
    static const Target target{.name = "big"};
    return target;
}

Check check_of(const Target& target, CheckStatus status, std::string hidden = {}) {
    return {.file = "b.json",
            .target = target.name,
            .metric = "tpot",
            .op = "max",
            .status = status,
            .why = "as asked",
            .hidden = std::move(hidden),
            .where = {.file = "b.json", .line = 4, .column = 2}};
}

Calibration profile() {
    return {.scales = {.decode_step = 1.25, .interference = 1, .first_token = 0.5},
            .device = "h100-sxm",
            .model = "llama-3.1-8b",
            .engine = "sglang",
            .rows = 6,
            .file = "profile.json"};
}

Evaluation priced() {
    Evaluation evaluation = evaluated("llama-3.1-8b@h100-sxm price=$2.5/h");
    RentalPrice& price = *evaluation.deployment.rental;
    price.provider = "House";
    price.mode = "spot";
    price.date = "2026-11-01";
    price.from.source = "our contract";
    return evaluation;
}

// One target with a price, figures and a profile of another engine, one without an answer.
std::vector<EvidencedTarget> two_targets() {
    return {{.judged = {.answered = {.target = &chat(), .evaluation = priced()},
                        .checks = {check_of(chat(), CheckStatus::pass)}},
             .calibration = profile()},
            {.judged = {.answered = {.target = &big()},
                        .checks = {check_of(big(), CheckStatus::skip, "8 GB short")}},
             .calibration = profile()}};
}

}  // namespace

TEST_CASE("every check of every target, in their order") {
    const auto checks = checks_of(two_targets());
    REQUIRE(checks.size() == 2);
    CHECK(checks[0].name() == "chat tpot max");
    CHECK(checks[1].name() == "big tpot max");
    CHECK(checks_of({}).empty());
}

// From 1 to 22 November are 21 days.
TEST_CASE("below the checks stand what would mend them, and prices and profiles behind figures") {
    const Report report = judged_report({"b.json"}, two_targets(), {"buy more", "ask less"}, today);
    CHECK(report.command == "check");
    CHECK(text_of(report) == R"(b.json: 2 checks, 1 pass, 1 skipped

 check   target  figure     value  limit  used  where
 ✓ pass  chat    per token      –               line 4
 – skip  big     per token      –               line 4

 b.json:4:2: big tpot: as asked

 buy more
 ask less

 * expected times are scaled: decode step x 1.250, interference x 1.000, first token x 0.500
   (profile.json, 6 rows of llama-3.1-8b on h100-sxm with sglang)
 rests on 1 assumption (--why)
)");
}

TEST_CASE("without remedies there is no text for them") {
    const auto blocks = [](std::vector<std::string> remedies) {
        return judged_report({"b.json"}, two_targets(), std::move(remedies), today).blocks.size();
    };
    CHECK(blocks({}) == 3);
    CHECK(blocks({"buy more"}) == 4);
}

TEST_CASE("warnings of a target: another one's profile, idle limits, faults that are hidden") {
    const Report report = judged_report({"b.json"}, two_targets(), {}, today);
    REQUIRE(report.warnings.size() == 3);
    CHECK(report.warnings[0].code == "W303");
    CHECK(report.warnings[0].message ==
          "profile.json was made from llama-3.1-8b on h100-sxm with sglang, this is llama-3.1-8b "
          "on h100-sxm with vllm");
    CHECK(report.warnings[1].code == "W143");
    CHECK(
        report.warnings[1].message.starts_with("limit 'tokens_per_s' of target 'chat' has a max"));
    CHECK(report.warnings[2].code == "W144");
    CHECK(report.warnings[2].message ==
          "a skipped limit of target 'big' hides a fault: 8 GB short");
}

}  // namespace judged_report_test
