#include "answer/measure/validation_report.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <stdexcept>

namespace validation_report_test {

using namespace roofline;

namespace {

const RowGroup& group_called(std::string_view name) {
    for (const RowGroup& group : row_groups())
        if (group.name == name) return group;
    throw std::runtime_error("no such group");
}

/// 10 ms a token are predicted, of which the data sheet allows 5.
ValidatedRow row(int line, std::optional<double> measured_ms, std::string group = {}) {
    ValidatedRow row{.row = {.id = "row", .group = std::move(group), .line = line},
                     .predicted = {.time_per_token = 10 * millisecond,
                                   .end_to_end = 3 * second,
                                   .least_time_per_token = 5 * millisecond}};
    if (measured_ms) row.row.time_per_token = *measured_ms * millisecond;
    return row;
}

Report report_of(const Validation& validation, const std::vector<const RowGroup*>& by = {}) {
    return validation_report("runs.csv", validation, errors_by(validation, by), by);
}

Validation two_skipped() {
    ValidatedRow skipped = row(4, 8);
    skipped.row.skip = "`tp 3` does not divide 8 heads";
    return {.rows = {row(2, 8, "a"), row(3, 20, "b"), row(5, 5, "b"), skipped, skipped},
            .skipped = {{"`tp 3` does not divide 8 heads", 2}, {"no such model", 1}}};
}

}  // namespace

TEST_CASE("10 ms against 8, 20 and 5: off by 25, 50 and 100 %, in the mean by 175 / 3 = 58 %") {
    Validation validation = two_skipped();
    validation.rows[0].row.end_to_end = 2 * second;
    CHECK(text_of(report_of(validation, {&group_called("group")})) ==
          R"(TPOT off by 50 % in the median of 3 rows, E2E off by 50 % in the median of 1 row

 rows of  figure  n  median  mean  P90   bias
 all      TPOT    3  50 %    58 %  90 %  25 %
 all      E2E     1  50 %    50 %  50 %  50 %

 By group
 rows of  figure  n  median  mean  P90   bias
 a        TPOT    1  25 %    25 %  25 %  25 %
 a        E2E     1  50 %    50 %  50 %  50 %
 b        TPOT    2  75 %    75 %  95 %  25 %

 2 rows skipped: 'tp' 3 does not divide 8 heads
 1 row skipped: no such model
)");
}

TEST_CASE("nothing to compare with says which columns were missing") {
    const Report report = report_of({.rows = {row(2, std::nullopt)}});
    CHECK(report.verdict ==
          "no row could be compared with a measurement: none has tpot_ms, ttft_ms, e2e_ms or "
          "output_tokens_per_s");
    CHECK(text_of(report, "csv").starts_with("id,model,hw,"));
    CHECK(json_text(*value_at(report.result, "summary.ttft.median_ape")) == "null\n");
}

TEST_CASE("the record of a validation") {
    const Report report = report_of(two_skipped(), {&group_called("group")});
    CHECK(report.command == "validate");
    CHECK(raw_at(report.inputs, "file") == "runs.csv");
    CHECK(json_text(*value_at(report.result, "summary.tpot")) == R"({
  "n": 3,
  "median_ape": 0.5,
  "mean_ape": 0.5833333333333334,
  "p90_ape": 0.9,
  "bias": 0.25
}
)");
    CHECK(raw_at(report.result, "summary.e2e.n") == "0");
    CHECK(raw_at(report.result, "summary.tokens_per_s.n") == "0");
    CHECK(raw_at(report.result, "by.group.a.tpot.median_ape") == "0.25");
    CHECK(raw_at(report.result, "by.group.b.tpot.bias") == "0.25");
    CHECK(json_text(*value_at(report.result, "skipped")) == R"([
  {
    "reason": "'tp' 3 does not divide 8 heads",
    "rows": 2
  },
  {
    "reason": "no such model",
    "rows": 1
  }
]
)");
    CHECK(raw_at(report.result, "rows[1].line") == "3");
}

TEST_CASE("rows of no group have no table of groups") {
    const Report report = report_of({.rows = {row(2, 8)}}, {&group_called("group")});
    CHECK(report.verdict == "TPOT off by 25 % in the median of 1 row");
    CHECK(text_of(report).find("By group") == std::string::npos);
    CHECK(json_text(*value_at(report.result, "by")) == "{}\n");
    CHECK(report.warnings.empty());
}

TEST_CASE("rows faster than the data sheet allows are W306, those with a flag are not") {
    ValidatedRow flagged = row(2, 1);
    flagged.row.flag = "odd";
    const Report report = report_of({.rows = {flagged, row(3, 5), row(4, 4), row(5, 0.1)}});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W306");
    CHECK(report.warnings[0].message ==
          "2 rows faster than the data sheet allows, first in line 4: 4.00 ms per token against "
          "5.00 ms; is tpot_ms in milliseconds?");
}

TEST_CASE("columns that say nothing are W304") {
    const Report report = report_of({.rows = {row(2, 8)}, .unread_columns = {"note", "colour"}});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W304");
    CHECK(report.warnings[0].message == "columns that say nothing here: note, colour");
}

}  // namespace validation_report_test
