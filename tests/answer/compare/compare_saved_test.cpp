#include "answer/compare/compare_saved.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace compare_saved_test {

using namespace roofline;

namespace {

// An answer of a served deployment or of a step, with figures made by hand on the basis of each.
Evaluation now(bool served) {
    Evaluation evaluation;
    if (served) evaluation.outcome = ServedOutcome();
    const auto on = [&](Basis basis) -> Figures& {
        return evaluation.figures[static_cast<std::size_t>(basis)];
    };
    on(Basis::bound).time_per_token = 5 * millisecond;
    on(Basis::expected).time_per_token = 10 * millisecond;
    on(Basis::expected).output = 1000 * token / second;
    on(Basis::expected).gpus = 2;
    // $3.60/h over 1000 tokens/s are $1 per million.
    on(Basis::expected).bill = bill_of_rate(1000 * token / second, {.rent = 3.6 * dollar / hour});
    return evaluation;
}

std::vector<std::string> outdated(std::string json, bool served = true) {
    Scenario scenario{.name = "base.json"};
    scenario.saved =
        parse_json({.name = "base.json", .text = std::move(json)}, JsonDialect::strict);
    std::vector<std::string> messages;
    for (const WarningNote& warning : outdated_figures(scenario, now(served))) {
        CHECK(warning.code == "W141");
        messages.push_back(warning.message);
    }
    return messages;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("a saved figure that is still the answer says nothing, nor does one that is not saved") {
    CHECK(outdated(R"({"result": {"tpot_s": 0.01, "tokens_per_s": 1000}})") == Messages());
    CHECK(outdated(R"({"result": {"tpot_s": 0.010000000000001}})") == Messages());
    CHECK(outdated(R"({"result": {"ttft_s": null, "tpot_s": "slow"}})") == Messages());
    CHECK(outdated(R"({"verdict": "fine"})") == Messages());
    CHECK(outdated_figures(Scenario{.name = "inline"}, now(true)).empty());
}

TEST_CASE("an estimate's figures are expected ones: 9 ms were saved, 10 ms are answered") {
    CHECK(outdated(R"({"result": {"tpot_s": 0.009, "gpus": 4, "tokens_per_s": 1000}})") ==
          Messages{"base.json: tpot_s was 9.000 ms when it was saved, and 10.00 ms is what this "
                   "version answers",
                   "base.json: gpus was 4 when it was saved, and 2 is what this version answers"});
    CHECK(outdated(R"({"result": {"ttft_s": 0.5}})") ==
          Messages{"base.json: ttft_s was 500.0 ms when it was saved, and nothing is what this "
                   "version answers"});
}

TEST_CASE("figures under metrics are bounds, of a step and of a served deployment") {
    CHECK(outdated(R"({"result": {"metrics": {"tpot_s": 0.005}}})", false) == Messages());
    const Messages slower{
        "base.json: tpot_s was 10.00 ms when it was saved, and 5.000 ms is what "
        "this version answers"};
    CHECK(outdated(R"({"result": {"metrics": {"tpot_s": 0.01}}})", false) == slower);
    CHECK(outdated(R"({"result": {"metrics": {"tpot_s": 0.01}}})", true) == slower);
    CHECK(outdated(R"({"result": {"tpot_s": 0.009}})", false) == Messages());
}

TEST_CASE("of a bill the money counts, and its tokens per second do not: those are of full load") {
    CHECK(outdated(
              R"({"result": {"cost": {"usd_per_1m_output_tokens": 1, "tokens_per_s": 4000}}})") ==
          Messages());
    CHECK(outdated(R"({"result": {"cost": {"usd_per_1m_output_tokens": 2}}})") ==
          Messages{"base.json: usd_per_1m_output_tokens was $2.00 when it was saved, and $1.00 is "
                   "what this version answers"});
    CHECK(outdated(R"({"result": {"cost": {"usd_per_1m_output_tokens": 2}}})", false) ==
          Messages());
}

}  // namespace compare_saved_test
