#include "answer/measure/calibration_report.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <limits>

namespace calibration_report_test {

using namespace roofline;

namespace {

CalibrationResult three_rows() {
    return {.calibration = {.scales = {.decode_step = 1.25, .interference = 0.5, .first_token = 2},
                            .device = "h100-sxm",
                            .model = "llama-3.1-8b",
                            .engine = "vllm",
                            .rows = 3,
                            .file = {}},
            .before = {.n = 3, .median = 0.2, .mean = 0.25, .p90 = 0.375, .bias = -0.2},
            .held_out = {.n = 3, .median = 0.04, .mean = 0.0625, .p90 = 0.5, .bias = 0.04},
            .first_token_before = {.n = 2, .median = 0.75, .mean = 0.75, .p90 = 0.75, .bias = 0.75},
            .first_token_held_out = {.n = 2, .median = 0.5, .mean = 0.5, .p90 = 0.5, .bias = 0.5}};
}

CalibrationResult one_row() {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const ErrorSummary nothing{.n = 0, .median = none, .mean = none, .p90 = none, .bias = none};
    CalibrationResult result = three_rows();
    result.calibration.rows = 1;
    result.held_out = result.first_token_before = result.first_token_held_out = nothing;
    return result;
}

}  // namespace

TEST_CASE("a calibration says its scales, and how far off rows are that it left out") {
    const Report report = calibration_report("runs.csv", three_rows());
    CHECK(
        text_of(report) ==
        R"(llama-3.1-8b on h100-sxm with vllm, 3 rows: time per token off by 4 % on rows that were left out,
20 % without it

 scale         value  off before                              off, left out
 decode step    1.25   20 % ████████▌                           4 % █▋
 interference  0.500                                       –                                       –
 first token       2   75 % ████████████████████████████████   50 % █████████████████████▎
 write it with -o profile.json, use it with --calibration profile.json
)");
    CHECK(report.warnings.empty());
}

TEST_CASE("a calibration's columns for machines") {
    CHECK(text_of(calibration_report("runs.csv", three_rows()), "csv") ==
          "scale,value,before_median_ape,held_out_median_ape\n"
          "decode step,1.25,0.2,0.04\n"
          "interference,0.5,,\n"
          "first token,2,0.75,0.5\n");
}

TEST_CASE("a calibration's record is what --calibration reads, and its errors") {
    const Report report = calibration_report("runs.csv", three_rows());
    CHECK(report.command == "calibrate");
    CHECK(raw_at(report.inputs, "file") == "runs.csv");
    CHECK(json_text(report.result) == R"({
  "device": "h100-sxm",
  "model": "llama-3.1-8b",
  "engine": "vllm",
  "rows": 3,
  "scales": {
    "decode_step": 1.25,
    "interference": 0.5,
    "first_token": 2
  },
  "tpot": {
    "before": {
      "n": 3,
      "median_ape": 0.2,
      "mean_ape": 0.25,
      "p90_ape": 0.375,
      "bias": -0.2
    },
    "held_out": {
      "n": 3,
      "median_ape": 0.04,
      "mean_ape": 0.0625,
      "p90_ape": 0.5,
      "bias": 0.04
    }
  },
  "ttft": {
    "before": {
      "n": 2,
      "median_ape": 0.75,
      "mean_ape": 0.75,
      "p90_ape": 0.75,
      "bias": 0.75
    },
    "held_out": {
      "n": 2,
      "median_ape": 0.5,
      "mean_ape": 0.5,
      "p90_ape": 0.5,
      "bias": 0.5
    }
  }
}
)");
}

TEST_CASE("one row leaves nothing to check a calibration on, and no warning") {
    const Report report = calibration_report("runs.csv", one_row());
    CHECK(report.verdict.ends_with(": one row leaves nothing to check it on"));
    CHECK(json_text(*value_at(report.result, "tpot.held_out.median_ape")) == "null\n");
    CHECK(text_of(report, "csv")
              .ends_with("decode step,1.25,0.2,\ninterference,0.5,,\n"
                         "first token,2,,\n"));
    CHECK(report.warnings.empty());
}

TEST_CASE("scales that leave other rows as far off as before do not help: W305") {
    CalibrationResult result = three_rows();
    result.held_out.median = 0.1999;
    CHECK(calibration_report("runs.csv", result).warnings.empty());
    result.held_out.median = 0.2;
    const Report report = calibration_report("runs.csv", result);
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W305");
    CHECK(report.warnings[0].message ==
          "rows that were left out are no better off: these scales "
          "do not help, the fit alone is as good");
}

}  // namespace calibration_report_test
