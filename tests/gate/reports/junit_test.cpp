#include "roofline/gate/reports.hpp"

#include "catch.hpp"
#include "gate/finding.hpp"

namespace junit_test {

using namespace roofline;

namespace {

Check check_of(std::string target, CheckStatus status, std::string file = "b.json") {
    Check check = finding(status);
    check.file = std::move(file);
    check.target = std::move(target);
    return check;
}

}  // namespace

TEST_CASE("a suite of a budget has a test case of each check, with what came of it") {
    std::vector<Check> checks{check_of("a", CheckStatus::pass), check_of("b", CheckStatus::warn),
                              check_of("c", CheckStatus::fail), check_of("d", CheckStatus::error),
                              check_of("e", CheckStatus::skip), check_of("f", CheckStatus::fail)};
    checks[2].op = "min";
    checks[3].error = ErrorCode::does_not_fit;
    CHECK(junit_text(checks) ==
          R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="roofline check" tests="6" failures="2" errors="1" skipped="1">
  <testsuite name="b.json" tests="6" failures="2" errors="1" skipped="1" file="b.json">
    <testcase name="a tpot max" classname="roofline.b" file="b.json" line="9"><system-out>too slow</system-out></testcase>
    <testcase name="b tpot max" classname="roofline.b" file="b.json" line="9"><system-out>b tpot: too slow. ask Ann</system-out></testcase>
    <testcase name="c tpot min" classname="roofline.b" file="b.json" line="9"><failure message="c tpot: too slow. ask Ann" type="min"/></testcase>
    <testcase name="d tpot max" classname="roofline.b" file="b.json" line="9"><error message="d tpot: too slow" type="E402"/></testcase>
    <testcase name="e tpot max" classname="roofline.b" file="b.json" line="9"><skipped message="e tpot: too slow"/></testcase>
    <testcase name="f tpot max" classname="roofline.b" file="b.json" line="9"><failure message="f tpot: too slow. ask Ann" type="max"/></testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("with two budgets each has its suite and counts, and names say the file too") {
    const std::vector<Check> checks{check_of("a", CheckStatus::fail),
                                    check_of("a", CheckStatus::pass, "c.json"),
                                    check_of("b", CheckStatus::skip, "c.json")};
    CHECK(junit_text(checks) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="roofline check" tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="b.json" tests="1" failures="1" errors="0" skipped="0" file="b.json">
    <testcase name="b.json: a tpot max" classname="roofline.b" file="b.json" line="9"><failure message="a tpot: too slow. ask Ann" type="max"/></testcase>
  </testsuite>
  <testsuite name="c.json" tests="2" failures="0" errors="0" skipped="1" file="c.json">
    <testcase name="c.json: a tpot max" classname="roofline.c" file="c.json" line="9"><system-out>too slow</system-out></testcase>
    <testcase name="c.json: b tpot max" classname="roofline.c" file="c.json" line="9"><skipped message="b tpot: too slow"/></testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("a check without a line has none, and one without a code is an internal error") {
    Check check = check_of("a", CheckStatus::error);
    check.where = {};
    const std::string text = junit_text(std::span(&check, 1));
    CHECK(says(text, R"(file="b.json"><error message="a tpot: too slow" type="E700"/>)"));
}

TEST_CASE("a case that passes says its figure, and the class is the budget's, without points") {
    Check check = check_of("a", CheckStatus::pass, "deploy/chat.v2.budget.jsonc");
    check.value = Measure(317 * millisecond);
    check.limit = Measure(600 * millisecond);
    check.why = "53 % of the limit";
    const std::string text = junit_text(std::span(&check, 1));
    CHECK(says(text,
               "<system-out>317 ms of at most 600 ms: 53 % of the limit</system-out></testcase>"));
    CHECK(says(text, R"(classname="roofline.chat-v2" file="deploy/chat.v2.budget.jsonc")"));
    check.file = ".json";
    check.upper = false;
    const std::string least = junit_text(std::span(&check, 1));
    CHECK(says(least, "317 ms of at least 600 ms"));
    CHECK(says(least, R"(classname="roofline.-json")"));
}

TEST_CASE("no checks are no suites") {
    CHECK(junit_text({}) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<testsuites name=\"roofline check\" tests=\"0\" failures=\"0\" errors=\"0\" "
          "skipped=\"0\">\n</testsuites>\n");
}

TEST_CASE("names and words are text of XML, whoever wrote them") {
    Check check = check_of("a<\"b\">", CheckStatus::fail, "x&y.json");
    check.why = "1 < 2\n\x1b";
    const std::string text = junit_text(std::span(&check, 1));
    CHECK(says(text, R"(<testsuite name="x&amp;y.json" tests="1")"));
    CHECK(says(text, R"(name="a&lt;&quot;b&quot;&gt; tpot max" classname="roofline.x&amp;y")"));
    CHECK(says(text, R"(message="a&lt;&quot;b&quot;&gt; tpot: 1 &lt; 2 \x1b. ask Ann")"));
}

TEST_CASE("what a run used is a property of each suite") {
    const std::vector<Check> checks{check_of("a", CheckStatus::pass),
                                    check_of("b", CheckStatus::pass, "c.json")};
    const std::vector<std::string> used{"model read from <m>"};
    const std::string text = junit_text(checks, used);
    const std::string property =
        "    <properties>\n      <property name=\"used\" value=\"model read from &lt;m&gt;\"/>\n"
        "    </properties>\n";
    const auto first = text.find(property);
    REQUIRE(first != std::string::npos);
    CHECK(text.find(property, first + 1) != std::string::npos);
}

}  // namespace junit_test
