#include "answer/check/check_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace check_report_test {

using namespace roofline;

namespace {

Check passed() {
    return {.file = "a.json",
            .target = "chat",
            .metric = "tpot",
            .op = "max",
            .status = CheckStatus::pass,
            .value = Measure(0.0125, dimension::second),
            .limit = Measure(0.025, dimension::second),
            .ratio = 0.5,
            .why = "50 % of the limit",
            .where = {.file = "a.json", .line = 9, .column = 26}};
}

Check fallen() {
    return {.file = "a.json",
            .target = "chat",
            .metric = "tokens_per_s",
            .op = "regression",
            .status = CheckStatus::fail,
            .value = Measure(3000, dimension::token_per_second),
            .limit = Measure(3600, dimension::token_per_second),
            .upper = false,
            .ratio = 1.2,
            .message = "Agreed with sales",
            .why = "3,000 is below",
            .where = {.file = "a.json", .line = 10, .column = 34}};
}

Check unanswered(std::string metric) {
    return {.file = "a.json",
            .target = "big",
            .metric = std::move(metric),
            .op = "max",
            .status = CheckStatus::error,
            .severity = LimitSeverity::warning,
            .why = "8 GB short",
            .where = {.file = "a.json"},
            .error = ErrorCode::does_not_fit};
}

Check with(Check check, CheckStatus status, std::string why) {
    check.status = status;
    check.why = std::move(why);
    return check;
}

std::string verdict(const std::vector<Check>& checks) {
    return check_report({"a.json"}, checks).verdict;
}

}  // namespace

TEST_CASE("a row for each check, and a sentence for each that did not simply pass") {
    const std::vector<Check> checks{
        passed(),
        fallen(),
        with(passed(), CheckStatus::warn, "98 % of the limit"),
        with(passed(), CheckStatus::skip, "skipped until 2099-01-01: slow"),
        unanswered("tpot"),
        unanswered("ttft")};
    const Report report = check_report({"a.json"}, checks);
    CHECK(report.command == "check");
    CHECK(raw_at(report.inputs, "budgets[0]") == "a.json");
    CHECK(text_of(report) ==
          R"(a.json: 6 checks, 1 pass, 1 warn, 1 fail, 2 cannot be judged, 1 skipped

 check    target  figure                        value  limit             used   where
 ✓ pass   chat    per token                   12.5 ms  ≤ 25.0 ms         50 %   line 9
 ✗ fail   chat    tokens/s regression  3,000 tokens/s  ≥ 3,600 tokens/s  120 %  line 10
 ! warn   chat    per token                   12.5 ms  ≤ 25.0 ms         50 %   line 9
 – skip   chat    per token                   12.5 ms  ≤ 25.0 ms         50 %   line 9
 ✗ error  big     per token                         –
 ✗ error  big     first token                       –

 a.json:10:34: chat tokens_per_s: 3,000 is below. Agreed with sales
 a.json:9:26: chat tpot: 98 % of the limit
 a.json:9:26: chat tpot: skipped until 2099-01-01: slow
 error[E402]: a.json: big tpot: 8 GB short
)");
}

TEST_CASE("of several budgets each place names its file") {
    Check second = passed();
    second.file = "b.json";
    const std::vector<Check> checks{passed(), second};
    const Report report = check_report({"a.json", "b.json"}, checks);
    CHECK(raw_at(report.inputs, "budgets[1]") == "b.json");
    CHECK(text_of(report) == R"(2 budgets: 2 checks, 2 pass

 check   target  figure       value  limit      used  where
 ✓ pass  chat    per token  12.5 ms  ≤ 25.0 ms  50 %  a.json:9
 ✓ pass  chat    per token  12.5 ms  ≤ 25.0 ms  50 %  b.json:9
)");
}

TEST_CASE("the verdict counts checks by what came of them, and says where nothing was judged") {
    const Check skip = with(passed(), CheckStatus::skip, "");
    Check age = passed();
    age.metric = price_age_metric;
    CHECK(verdict({passed()}) == "a.json: 1 check, 1 pass");
    CHECK(verdict({passed(), skip}) == "a.json: 2 checks, 1 pass, 1 skipped");
    CHECK(verdict({skip, age}) == "a.json: nothing was judged: every limit is skipped");
    CHECK(check_report({"a.json", "b.json"}, std::vector{skip}).verdict ==
          "2 budgets: nothing was judged: every limit is skipped");
}

TEST_CASE("a fault is said once for a target's limits in a row, and again for another target") {
    Check other = unanswered("tpot");
    other.target = "small";
    Check differs = unanswered("e2e");
    differs.why = "no price";
    const std::vector<Check> checks{unanswered("tpot"), unanswered("ttft"), other, differs};
    CHECK(text_of(check_report({"a.json"}, checks))
              .ends_with("\n error[E402]: a.json: big tpot: 8 GB short\n"
                         " error[E402]: a.json: small tpot: 8 GB short\n"
                         " error[E402]: a.json: big e2e: no price\n"));
}

TEST_CASE("a limit that is judged again after its skip is said though it passes") {
    const Check again = with(passed(), CheckStatus::pass, "judged again since 2027-01-01 (x): ok");
    const auto lines = [](const Check& check) {
        return text_of(check_report({"a.json"}, std::span(&check, 1)));
    };
    CHECK(lines(again).ends_with(
        "\n a.json:9:26: chat tpot: judged again since 2027-01-01 (x): ok\n"));
    CHECK(lines(passed()).ends_with("50 %  line 9\n"));
}

TEST_CASE("the columns of checks for machines") {
    CHECK(text_of(check_report({"a.json"}, std::vector{passed(), fallen(), unanswered("ttft")}),
                  "csv") ==
          "file,line,column,target,metric,op,status,value,limit,unit,ratio,why,message\n"
          "a.json,9,26,chat,tpot,max,pass,0.0125,0.025,s,0.5,50 % of the limit,\n"
          "a.json,10,34,chat,tokens_per_s,regression,fail,3000,3600,tokens_per_s,1.2,"
          "\"3,000 is below\",Agreed with sales\n"
          "a.json,,,big,ttft,max,error,,,,,8 GB short,\n");
}

TEST_CASE("the record of checks counts every status and has null for what is not known") {
    const std::vector<Check> checks{fallen(), unanswered("ttft")};
    CHECK(json_text(check_report({"a.json"}, checks).result) == R"({
  "summary": {
    "pass": 0,
    "warn": 0,
    "fail": 1,
    "error": 1,
    "skip": 0
  },
  "checks": [
    {
      "file": "a.json",
      "target": "chat",
      "metric": "tokens_per_s",
      "op": "regression",
      "status": "fail",
      "value": 3000,
      "limit": 3600,
      "unit": "tokens_per_s",
      "ratio": 1.2,
      "severity": "error",
      "line": 10,
      "column": 34,
      "message": "Agreed with sales",
      "why": "3,000 is below",
      "error": null
    },
    {
      "file": "a.json",
      "target": "big",
      "metric": "ttft",
      "op": "max",
      "status": "error",
      "value": null,
      "limit": null,
      "unit": null,
      "ratio": null,
      "severity": "warning",
      "line": null,
      "column": null,
      "message": null,
      "why": "8 GB short",
      "error": "E402"
    }
  ]
}
)");
}

}  // namespace check_report_test
