// Loads that are said by the day: 86,400 seconds of one rate.
#include "catch.hpp"
#include "input/json.hpp"
#include "process.hpp"

namespace daily_load_test {

using namespace roofline;

namespace {

Run asked(const std::string& words) { return run("roofline " + words, "/"); }

double number_at(const std::string& words, std::initializer_list<std::string_view> path) {
    const Run now = asked(words + " --json");
    INFO(words << "\n" << now.err);
    REQUIRE(now.status == 0);
    const JsonDocument document = parse_json({.name = words, .text = now.out}, JsonDialect::strict);
    const JsonValue* value = &document.root;
    for (const std::string_view key : path) {
        value = value->find(key);
        REQUIRE(value != nullptr);
    }
    REQUIRE(value->number() != nullptr);
    return *value->number();
}

double rate_of(const std::string& words) { return number_at(words, {"inputs", "rate"}); }

// "E105 --rate …": code and message of what is refused.
std::string refusal(const std::string& words) {
    const Run now = asked(words);
    CHECK(now.status == 2);
    CHECK(now.out.empty());
    const std::size_t from = now.err.find("error[") + 6;
    const std::string line = now.err.substr(from, now.err.find('\n', from) - from);
    return line.substr(0, 4) + " " + line.substr(line.find(": ") + 2);
}

const std::string cost = "cost llama-3.1-8b --hw h100-sxm --price '$2/h' ";
const std::string plan = "plan llama-3.1-8b --hw h100-sxm --slo tpot=30ms ";

}  // namespace

TEST_CASE("500k requests a day are 500,000 / 86,400 = 5.787 a second, of cost and of plan") {
    CHECK_THAT(rate_of(cost + "--requests-per-day 500k"), WithinRel(5.787037037, 1e-9));
    CHECK_THAT(rate_of(plan + "--requests-per-day 500k"), WithinRel(5.787037037, 1e-9));
    CHECK(asked(cost + "--requests-per-day 500k").out.find("at 5.79\nrequests/s") !=
          std::string::npos);
}

TEST_CASE("110.592M tokens a day in answers of 256 are 5 requests a second, of 128 ten") {
    CHECK_THAT(rate_of(cost + "--tokens-per-day 110592k"), WithinRel(5, 1e-12));
    CHECK_THAT(rate_of(cost + "--tokens-per-day 110592k --osl 128"), WithinRel(10, 1e-12));
    CHECK_THAT(rate_of(plan + "--tokens-per-day 110592k"), WithinRel(5, 1e-12));
    CHECK_THAT(rate_of(plan + "--tokens-per-day 110592k --osl 128"), WithinRel(10, 1e-12));
    CHECK(number_at(plan + "--tokens-per-day 110592k", {"inputs", "tokens_per_day"}) == 110592000);
}

TEST_CASE("by the day or by the second, it costs the same: 432,000 requests are 5 a second") {
    const std::string whole[] = {"--requests-per-day 432k", "--rate 5", "--tokens-per-day 110592k"};
    for (const std::string& load : whole)
        CHECK(number_at(cost + load, {"result", "cost", "usd_per_1m_output_tokens"}) ==
              number_at(cost + whole[1], {"result", "cost", "usd_per_1m_output_tokens"}));
}

TEST_CASE("tokens of a day are evenly spread: delivered are as many as asked, 1,280 a second") {
    CHECK_THAT(
        number_at(cost + "--tokens-per-day 110592k", {"result", "cost", "delivered_tokens_per_s"}),
        WithinRel(1280, 1e-9));
}

TEST_CASE("a day beside another load is E105, whatever that load is") {
    const std::string words =
        "E105 --requests-per-day says how much is asked a day, and another load is given too";
    for (const char* load : {"--rate 3", "--concurrency 3", "--users 5 --think 1s"})
        CHECK(refusal(cost + "--requests-per-day 5k " + load) == words);
    CHECK(refusal(cost + "--requests-per-day 5k --tokens-per-day 1M") == words);
    CHECK(refusal(cost + "--tokens-per-day 1M --rate 3").starts_with("E105 --tokens-per-day says"));
    CHECK(refusal(plan + "--requests-per-day 5k --rate 3") == words);
    CHECK(refusal(plan + "--requests-per-day 5k --tokens-per-day 1M").starts_with("E105 "));
    CHECK(refusal(plan + "--requests-per-day 5k --concurrency 3").starts_with("E105 "));
    CHECK(refusal(plan + "--tokens-per-day 1M --concurrency 3").starts_with("E105 "));
    CHECK(refusal(plan).starts_with("E103 how much is asked of it?"));
}

TEST_CASE("a day is a load: no step beside it, no rate of tokens, and at least one request") {
    CHECK(refusal(cost + "--requests-per-day 5k --batch 4").starts_with("E105 --batch asks for a"));
    CHECK(refusal("cost --tokens-per-s 5000 --hw h100 --price '$2/h' --requests-per-day 4") ==
          "E105 --requests-per-day is a load of MODEL, and has no effect beside --tokens-per-s");
    CHECK(refusal(cost + "--requests-per-day 0").starts_with("E102 --requests-per-day must be"));
    CHECK(refusal(cost + "--tokens-per-day 1.5").starts_with("E102 --tokens-per-day must be"));
}

TEST_CASE("a plan of a day is asked for again by its rate") {
    const Run now = asked(plan + "--requests-per-day 432k --quant bf16 --json");
    CHECK(now.status == 0);
    CHECK(now.out.find("roofline estimate llama-3.1-8b --hw h100-sxm --quant bf16 --rate 5 ") !=
          std::string::npos);
}

}  // namespace daily_load_test
