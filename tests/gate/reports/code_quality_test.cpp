#include "roofline/gate/reports.hpp"

#include "catch.hpp"
#include "gate/finding.hpp"

namespace code_quality_test {

using namespace roofline;

namespace {

std::string text_of(const Check& check) { return code_quality_text(std::span(&check, 1)); }

}  // namespace

TEST_CASE("a finding has a sentence, a name, a fingerprint, a severity and a line") {
    CHECK(text_of(finding(CheckStatus::fail)) == R"([
  {
    "description": "chat tpot: too slow. ask Ann",
    "check_name": "roofline/tpot",
    "fingerprint": "bce575cfebe25c54",
    "severity": "major",
    "location": {
      "path": "b.json",
      "lines": {
        "begin": 9
      }
    }
  }
]
)");
}

TEST_CASE("what cannot be judged blocks, a warning is minor, and info is info") {
    CHECK(says(text_of(finding(CheckStatus::error)), R"("severity": "blocker")"));
    CHECK(says(text_of(finding(CheckStatus::warn)), R"("severity": "minor")"));
    CHECK(says(text_of(finding(CheckStatus::warn, LimitSeverity::warning)),
               R"("severity": "minor")"));
    CHECK(says(text_of(finding(CheckStatus::warn, LimitSeverity::info)), R"("severity": "info")"));
}

TEST_CASE("what passes or is skipped is no finding") {
    CHECK(code_quality_text({}) == "[]\n");
    CHECK(text_of(finding(CheckStatus::pass)) == "[]\n");
    CHECK(text_of(finding(CheckStatus::skip)) == "[]\n");
}

TEST_CASE("a finding without a line is in line 1, and what a terminal would obey is spelt out") {
    Check check = finding(CheckStatus::error);
    check.where = {};
    check.why = "\x1b[31mred";
    CHECK(says(text_of(check), R"("begin": 1)"));
    CHECK(says(text_of(check), R"("chat tpot: \\x1b[31mred")"));
}

TEST_CASE("what a run used is a finding that is only said, where nothing is broken too") {
    const Check check = finding(CheckStatus::pass);
    const std::vector<std::string> used{"model read from m.json"};
    const std::string text = code_quality_text(std::span(&check, 1), used);
    CHECK(says(text, R"("description": "used: model read from m.json")"));
    CHECK(says(text, R"("severity": "info")"));
    CHECK(says(text, R"("path": "b.json")"));
}

}  // namespace code_quality_test
