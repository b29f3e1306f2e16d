#include "answer/check/baseline_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace baseline_report_test {

using namespace roofline;

namespace {

Report written(std::map<std::string, BaselineTarget, std::less<>> targets) {
    return baseline_report({.file = "budget.json"},
                           {.file = "old/base.json", .targets = std::move(targets)});
}

}  // namespace

TEST_CASE("a baseline that was written is one line: how many targets, of which file, for which") {
    CHECK(text_of(written({{"chat", {}}, {"batch", {}}})) ==
          "figures of 2 targets of budget.json, for old/base.json\n");
    CHECK(written({{"chat", {}}}).verdict ==
          "figures of 1 target of budget.json, for old/base.json");
    CHECK(written({}).verdict == "figures of 0 targets of budget.json, for old/base.json");
}

TEST_CASE("the record of a written baseline names the budget that was asked and the file") {
    const Report report = written({{"chat", {}}});
    CHECK(report.command == "check");
    CHECK(json_text(report.inputs) == R"({
  "budgets": [
    "budget.json"
  ]
}
)");
    CHECK(json_text(report.result) == R"({
  "baseline": "old/base.json"
}
)");
}

}  // namespace baseline_report_test
