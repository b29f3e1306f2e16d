#include "roofline/gate/reports.hpp"
#include "roofline/version.hpp"

#include "catch.hpp"
#include "gate/finding.hpp"

namespace sarif_test {

using namespace roofline;

namespace {

Check check_of(std::string metric, CheckStatus status,
               LimitSeverity severity = LimitSeverity::error) {
    Check check = finding(status, severity);
    check.metric = std::move(metric);
    return check;
}

std::string text_of(const Check& check) { return sarif_text(std::span(&check, 1)); }

// What the rule of a metric says in short.
bool described(std::string_view metric, std::string_view help) {
    const std::string text = text_of(check_of(std::string(metric), CheckStatus::error));
    return says(text,
                "\"shortDescription\": {\n                \"text\": \"" + std::string(help) + "\"");
}

}  // namespace

TEST_CASE("a run has the rules of all checks, and a result of each that does not pass") {
    const std::vector<Check> checks{check_of("gpus", CheckStatus::pass),
                                    check_of("tpot", CheckStatus::fail),
                                    check_of("tpot", CheckStatus::pass)};
    const std::string text = sarif_text(checks);
    CHECK(text.starts_with(R"({
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "roofline",
          "version": ")" + std::string(version) +
                           R"(",
          "informationUri": "https://example.com/roofline",
          "rules": [
            {
              "id": "gpus",
              "shortDescription": {
                "text": "devices in all"
              },
              "fullDescription": {
                "text": "A limit of a budget on gpus (devices in all) that is broken, cannot be judged or is skipped."
              },
              "help": {
                "text": "The limit stands in the budget at the place of this result, as \"gpus\" under)"));
    CHECK(text.ends_with(R"(              "helpUri": "https://example.com/roofline/docs/ci.md"
            }
          ]
        }
      },
      "automationDetails": {
        "id": "roofline/check/"
      },
      "results": [
        {
          "ruleId": "tpot",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "chat tpot: too slow. ask Ann"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "b.json"
                },
                "region": {
                  "startLine": 9,
                  "startColumn": 26
                }
              }
            }
          ],
          "partialFingerprints": {
            "limit/v1": "bce575cfebe25c54"
          }
        }
      ]
    }
  ]
}
)"));
}

TEST_CASE("a result is an error, a warning or a note") {
    const auto level = [](CheckStatus status, LimitSeverity severity, std::string_view name) {
        return says(text_of(check_of("tpot", status, severity)),
                    "\"level\": \"" + std::string(name) + "\"");
    };
    CHECK(level(CheckStatus::fail, LimitSeverity::error, "error"));
    CHECK(level(CheckStatus::error, LimitSeverity::info, "error"));
    CHECK(level(CheckStatus::warn, LimitSeverity::error, "warning"));
    CHECK(level(CheckStatus::warn, LimitSeverity::warning, "warning"));
    CHECK(level(CheckStatus::warn, LimitSeverity::info, "note"));
    CHECK(level(CheckStatus::skip, LimitSeverity::error, "note"));
}

TEST_CASE("a skipped check is suppressed in the source, with its reason, and no other is") {
    CHECK(says(text_of(check_of("tpot", CheckStatus::skip)), R"("suppressions": [
            {
              "kind": "inSource",
              "justification": "too slow"
            }
          ])"));
    CHECK_FALSE(says(text_of(check_of("tpot", CheckStatus::fail)), "suppressions"));
}

TEST_CASE("rules that are no figure say what they are about") {
    CHECK(described("power", "nominal power of all devices"));
    CHECK(described("price_age_days", "age of a price"));
    CHECK(described("contents", "whether a budget can be read"));
}

TEST_CASE("every rule has a description in full, help and an address of it") {
    for (const char* metric : {"tpot", "price_age_days", "contents"}) {
        const std::string text = text_of(check_of(metric, CheckStatus::error));
        for (const char* key : {"fullDescription", "help", "helpUri"})
            CHECK(says(text, "\"" + std::string(key) + "\": "));
    }
}

TEST_CASE("a place without a line is the file, one without a column begins at the first") {
    Check check = check_of("tpot", CheckStatus::error);
    check.where.column = 0;
    CHECK(says(text_of(check), R"("startColumn": 1)"));
    check.where = {};
    CHECK(says(text_of(check), R"("uri": "b.json")"));
    CHECK_FALSE(says(text_of(check), "region"));
}

TEST_CASE("a path is a reference: what RFC 3986 does not allow is encoded, byte by byte") {
    Check check = check_of("tpot", CheckStatus::error);
    check.file = "../a_b-c.d~e/1 2:ü%.json";
    CHECK(says(text_of(check), R"("uri": "../a_b-c.d~e/1%202%3A%C3%BC%25.json")"));
}

TEST_CASE("a sentence is on one line of printable text, and a run without checks is empty") {
    Check check = check_of("tpot", CheckStatus::error);
    check.why = "one\ntwo";
    CHECK(says(text_of(check), R"("text": "chat tpot: one two")"));
    CHECK(says(sarif_text({}), R"("rules": [])"));
    CHECK(says(sarif_text({}), R"("results": [])"));
}

TEST_CASE("what a run used is a notification, no result") {
    const Check check = finding(CheckStatus::pass);
    const std::vector<std::string> used{"model read from m.json"};
    const std::string text = sarif_text(std::span(&check, 1), used);
    CHECK(says(text, R"("text": "used: model read from m.json")"));
    CHECK(says(text, R"("executionSuccessful": true)"));
    CHECK(says(text, R"("results": [])"));
    CHECK_FALSE(says(text_of(check), "invocations"));
}

}  // namespace sarif_test
