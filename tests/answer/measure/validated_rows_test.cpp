#include "answer/measure/validated_rows.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace validated_rows_test {

using namespace roofline;

namespace {

/// Predicted 10 ms a token and 250 ms to the first one, measured 8 and 500; on 4 GPUs.
ValidatedRow served() {
    return {.row = {.id = "first",
                    .line = 2,
                    .model = "llama",
                    .device = "h100",
                    .deployment = deployed("llama-3.1-8b@h100x4 tp=4 concurrency=2"),
                    .time_to_first_token = 500 * millisecond,
                    .time_per_token = 8 * millisecond,
                    .end_to_end = 2 * second,
                    .output = 320 * token / second},
            .predicted = {.time_to_first_token = 250 * millisecond,
                          .time_per_token = 10 * millisecond,
                          .end_to_end = 1.5 * second,
                          .output_per_gpu = 60 * token / second,
                          .band = {.time_per_token = {.low = 0.75, .high = 1.5},
                                   .time_to_first_token = {.low = 0.5, .high = 3}}}};
}
ValidatedRow skipped() {
    return {.row = {.id = "second",
                    .line = 3,
                    .flag = "odd",
                    .model = "gpt",
                    .device = "a100",
                    .skip = "`tp 3` does not divide 8 heads",
                    .time_per_token = 8 * millisecond,
                    .output = 320 * token / second}};
}

}  // namespace

TEST_CASE("rows of a validation in CSV: predicted beside measured; 320 tokens/s of 4 GPUs are 80") {
    Report report;
    report.blocks.emplace_back(row_table({.rows = {served(), skipped()}}));
    CHECK(text_of(report, "csv") ==
          "id,model,hw,flag,tpot_s,measured_tpot_s,ttft_s,measured_ttft_s,e2e_s,measured_e2e_s,"
          "tokens_per_s_per_gpu,measured_tokens_per_s_per_gpu,skipped\n"
          "first,llama,h100,,0.01,0.008,0.25,0.5,1.5,2,60,80,\n"
          "second,gpt,a100,odd,,0.008,,,,,,,'tp' 3 does not divide 8 heads\n");
    CHECK(text_of(report).find("first") == std::string::npos);
}

TEST_CASE("the record of a row: 10 / 8 - 1, 250 / 500 - 1, 1.5 / 2 - 1 and 60 / 80 - 1") {
    CHECK(json_text(row_value(served())) == R"({
  "id": "first",
  "line": 2,
  "flag": null,
  "tpot_s": 0.01,
  "tpot_low_s": 0.0075,
  "tpot_high_s": 0.015,
  "ttft_s": 0.25,
  "ttft_low_s": 0.125,
  "ttft_high_s": 0.75,
  "e2e_s": 1.5,
  "tokens_per_s_per_gpu": 60,
  "tpot_error": 0.25,
  "ttft_error": -0.5,
  "e2e_error": -0.25,
  "tokens_per_s_error": -0.25
}
)");
}

TEST_CASE("the record of a row that was skipped says why, in the words of files") {
    CHECK(json_text(row_value(skipped())) == R"({
  "id": "second",
  "line": 3,
  "flag": "odd",
  "skipped": "'tp' 3 does not divide 8 heads"
}
)");
}

TEST_CASE("the record of a row with a flag is predicted and not compared") {
    ValidatedRow row = served();
    row.row.flag = "odd";
    const Value value = row_value(row);
    const Record& record = std::get<Record>(value.data);
    CHECK(raw_at(record, "flag") == "odd");
    CHECK(raw_at(record, "tpot_s") == "0.01");
    CHECK(record.find("tpot_error")->is_null());
    CHECK(record.find("ttft_error")->is_null());
    CHECK(record.find("e2e_error")->is_null());
    CHECK(record.find("tokens_per_s_error")->is_null());
}

}  // namespace validated_rows_test
