#include "gate/limit_reader.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace limit_reader_test {

using namespace roofline;

namespace {

// '"tpot": { "max": "25ms" }' of target 'a'.
Limit limit_of(const std::string& member) {
    const JsonDocument document =
        parse_json({.name = "b.json", .text = "{" + member + "}"}, JsonDialect::strict);
    return gate::read_limit(document, document.root.object()->at(0), "a");
}

// "E352 1:17 …" and the hint in brackets.
std::string refusal(const std::string& member) {
    const Fault fault = fault_of([&] { limit_of(member); });
    const std::string hint = fault.hint.empty() ? "" : " (" + fault.hint + ")";
    return code_name(fault.code) + " " + std::to_string(fault.where.column) + " " + fault.message +
           hint;
}

double share_of(const std::string& json) {
    const JsonDocument document = parse_json({.name = "b.json", .text = json}, JsonDialect::strict);
    return gate::read_share(document, document.root, "'warn_at'");
}

}  // namespace

TEST_CASE("every key of a limit is read, with the place of the limit and of its sides") {
    const Limit limit = limit_of(R"("ttft": { "max": "2s", "min": "1ms", "regression": "5%",
        "severity": "info", "message": "ask Ann", "skip_until": "2027-01-31", "reason": "new" })");
    CHECK(limit.metric == find_metric("ttft"));
    CHECK(place_text(limit.where) == "b.json:1:2");
    CHECK(limit.max->value == 2);
    CHECK(limit.max->where.column == 19);
    CHECK(limit.min->value == 0.001);
    CHECK(limit.min->where.column == 32);
    CHECK(limit.regression->value == 0.05);
    CHECK(limit.regression->is_share);
    CHECK(limit.regression->where.column == 53);
    CHECK(limit.severity == LimitSeverity::info);
    CHECK(limit.message == "ask Ann");
    CHECK(day_text(limit.skip_until.value()) == "2027-01-31");
    CHECK(limit.reason == "new");
}

TEST_CASE("memory may be a share or bytes, money and tokens per second are bare numbers") {
    CHECK(limit_of(R"("memory": { "max": "70GB" })").max->value == 70e9);
    CHECK_FALSE(limit_of(R"("memory": { "max": "70GB" })").max->is_share);
    CHECK(limit_of(R"("memory": { "max": "90%" })").max->is_share);
    CHECK(limit_of(R"("usd_per_1m_output": { "max": 0.35 })").max->value == 0.35);
    CHECK(limit_of(R"("tokens_per_s": { "min": 1500.5 })").min->value == 1500.5);
    CHECK(limit_of(R"("power": { "max": "0.7kW" })").max->value == 700);
    CHECK(limit_of(R"("gpus": { "max": 4 })").severity == LimitSeverity::error);
}

TEST_CASE("a quantity in the wrong form is refused with one in the right form") {
    CHECK(refusal(R"("tpot": { "max": 25 })") ==
          "E352 19 'max' of limit 'tpot' of target 'a' has no unit. Write a time: \"25ms\"");
    CHECK(refusal(R"("memory": { "max": 0.9 })").ends_with("\"90%\" or \"70GB\""));
    CHECK(refusal(R"("power": { "max": 700 })").ends_with("Write a power: \"700W\""));
    CHECK(refusal(R"("usd_per_month": { "max": "$9" })") ==
          "E352 28 'max' of limit 'usd_per_month' of target 'a' is a string. Write money without "
          "a sign: 0.35");
    CHECK(
        refusal(R"("tokens_per_s": { "min": "9" })").ends_with(". Write tokens per second: 1500"));
    CHECK(refusal(R"("gpus": { "max": "4" })").ends_with("is a string. Write a count: 4"));
    CHECK(refusal(R"("gpus": { "max": 1.5 })") ==
          "E352 19 'max' of limit 'gpus' of target 'a' must be a whole number, found 1.5");
    CHECK(refusal(R"("memory": { "max": "0%" })") ==
          "E352 21 'max' of limit 'memory' of target 'a' must be above 0, found 0%");
    CHECK(refusal(R"("tpot": { "max": "25" })") ==
          "E352 19 'max' of limit 'tpot' of target 'a' 25 needs a unit. Write 25ms or 25us");
}

TEST_CASE("a limit without a side judges nothing: E353 with the side that is bad") {
    CHECK(refusal(R"("tpot": {})") ==
          "E353 10 limit 'tpot' of target 'a' has no max, min or regression: nothing would be "
          "judged (write \"max\": \"25ms\")");
    CHECK(refusal(R"("tokens_per_s": {})").ends_with("(write \"min\": 1500)"));
    CHECK(refusal(R"("gpus": {})").ends_with("(write \"max\": 4)"));
    CHECK(refusal(R"("memory": {})").ends_with("(write \"max\": \"90%\" or \"70GB\")"));
}

TEST_CASE("min and max are of one kind and leave room, a range of one value too") {
    CHECK(refusal(R"("memory": { "max": "90%", "min": "1GB" })") ==
          "E352 35 min and max of limit 'memory' of target 'a' must be both a share or both bytes");
    CHECK(refusal(R"("tpot": { "max": "1ms", "min": "2ms" })") ==
          "E352 33 min of limit 'tpot' of target 'a' is above its max: no figure can keep both");
    CHECK(limit_of(R"("tpot": { "max": "2ms", "min": "2ms" })").min->value == 0.002);
}

TEST_CASE("a skip has a day and a reason, or neither") {
    CHECK(refusal(R"("tpot": { "max": "1s", "skip_until": "2027-01-31", "reason": " \t" })") ==
          "E352 10 limit 'tpot' of target 'a' is skipped without a reason. Add \"reason\"");
    CHECK(refusal(R"("tpot": { "max": "1s", "reason": "slow" })") ==
          "E352 10 limit 'tpot' of target 'a' has a reason but no skip_until (write "
          "\"skip_until\": \"2027-01-31\", or \"message\" for words of your own)");
    CHECK(refusal(R"("tpot": { "max": "1s", "skip_until": "soon", "reason": "slow" })")
              .starts_with("E352 39 'skip_until' of limit 'tpot' of target 'a'"));
}

TEST_CASE("metrics, keys and severities that are none are refused with those there are") {
    CHECK(refusal(R"("tpott": { "max": "1s" })") ==
          "E351 2 unknown limit 'tpott' in target 'a'. Did you mean tpot? Known: ttft tpot e2e "
          "tokens_per_s memory gpus power usd_per_1k_output usd_per_1m_output usd_per_1m_input "
          "usd_per_month");
    CHECK(refusal(R"("tpot": { "mx": "1s" })") ==
          "E351 12 unknown key 'mx' in limit 'tpot' of target 'a'. Did you mean max? Known: max "
          "min regression severity message skip_until reason");
    CHECK(refusal(R"("tpot": { "max": "1s", "severity": "fatal" })") ==
          "E352 37 'severity' of limit 'tpot' of target 'a': 'fatal' is no severity (it is error, "
          "warning or info)");
    CHECK(refusal(R"("tpot": "25ms")") ==
          "E352 10 limit 'tpot' of target 'a' must be an object, found a string");
}

TEST_CASE("a share is written with its percent sign") {
    CHECK(share_of("\"12.5%\"") == 0.125);
    CHECK(fault_of([] { share_of("0.05"); }).message ==
          "'warn_at' must be a share such as \"5%\", found a number");
    CHECK(fault_of([] { share_of("\"0.05\""); }).message ==
          "'warn_at' must be a share such as \"5%\", found '0.05'");
    const Fault fault = fault_of([] { share_of("\"101%\""); });
    CHECK(fault.code == ErrorCode::bad_budget_value);
    CHECK(fault.message == "'warn_at' must be between 0 and 100%, got 101%");
    CHECK(place_text(fault.where) == "b.json:1:1");
}

TEST_CASE("a reason that shows nothing explains nothing") {
    const auto skipped = [](const std::string& reason) {
        return R"("tpot": { "max": "2s", "skip_until": "2027-01-31", "reason": ")" + reason +
               "\" }";
    };
    for (const std::string blank :
         {"\\u00a0", "\\u200b", " \\t\\u2003\\ufeff ", "\\u3000", "\\u2060\\u200d", "\\u202e",
          "\\u00ad", "\\u3164", "\\u2800", "\\u2028", "\\u180e", "\\u0085"}) {
        INFO(blank);
        CHECK(refusal(skipped(blank)).find("is skipped without a reason") != std::string::npos);
    }
    CHECK(limit_of(skipped("\\u00a0new\\u200b")).reason.size() > 3);
    CHECK(limit_of(skipped("\\u2014")).reason == "—");
    CHECK(limit_of(skipped("…")).reason == "…");
}

}  // namespace limit_reader_test
