#include "roofline/gate/reports.hpp"

#include "catch.hpp"
#include "gate/finding.hpp"

#include <algorithm>

namespace github_test {

using namespace roofline;

namespace {

std::string line_of(const Check& check) { return github_annotations(std::span(&check, 1)); }

}  // namespace

TEST_CASE("a broken limit and a check without an answer are errors, with place and title") {
    CHECK(line_of(finding(CheckStatus::fail)) ==
          "::error file=b.json,line=9,col=26,title=chat tpot::chat tpot: too slow. ask Ann\n");
    CHECK(line_of(finding(CheckStatus::error)) ==
          "::error file=b.json,line=9,col=26,title=chat tpot::chat tpot: too slow\n");
}

TEST_CASE("a warning is a warning, and one of severity info a notice") {
    CHECK(line_of(finding(CheckStatus::warn)).starts_with("::warning file="));
    CHECK(line_of(finding(CheckStatus::warn, LimitSeverity::info)).starts_with("::notice file="));
    CHECK(line_of(finding(CheckStatus::fail, LimitSeverity::info)).starts_with("::error file="));
}

TEST_CASE("one line per check, none for what passes or is skipped") {
    const std::vector<Check> checks{finding(CheckStatus::pass), finding(CheckStatus::fail),
                                    finding(CheckStatus::skip), finding(CheckStatus::error)};
    const std::string text = github_annotations(checks);
    CHECK(std::ranges::count(text, '\n') == 2);
    CHECK(github_annotations({}).empty());
}

TEST_CASE("a place is as exact as it is known") {
    Check check = finding(CheckStatus::error);
    check.where.column = 0;
    CHECK(line_of(check).starts_with("::error file=b.json,line=9,title="));
    check.where.line = 0;
    CHECK(line_of(check).starts_with("::error file=b.json,title="));
}

TEST_CASE("marks of a command are encoded: ':' and ',' in properties, '%' and line ends anywhere") {
    Check check = finding(CheckStatus::error);
    check.file = "a:b,c.json";
    check.target = "50%, twice\n::error::x";
    check.why = "5,0: 50 %\nnext";
    CHECK(line_of(check) ==
          "::error file=a%3Ab%2Cc.json,line=9,col=26,title=50%25%2C twice%0A%3A%3Aerror%3A%3Ax "
          "tpot::50%25, twice%0A::error::x tpot: 5,0: 50 %25%0Anext\n");
    check = finding(CheckStatus::error);
    check.why = "\x1b[31mred";
    CHECK(line_of(check).ends_with("::chat tpot: \\x1b[31mred\n"));
}

}  // namespace github_test
