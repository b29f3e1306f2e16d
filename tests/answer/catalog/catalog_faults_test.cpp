#include "answer/catalog/catalog_faults.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace catalog_faults_test {

using namespace roofline;

namespace {

std::vector<Fault> two_faults() {
    return {{.code = ErrorCode::bad_record,
             .message = "'rate' is missing",
             .hint = "write it in \"TFLOP/s\"",
             .where = {.file = "mine.json", .line = 12, .column = 3, .pointer = "/peaks/0"}},
            {.code = ErrorCode::malformed_json,
             .message = "`kv-dtype fp2` is no format",
             .where = {.file = "other.json"}}};
}

}  // namespace

TEST_CASE("faults of catalog files are a line each, with place, pointer and hint") {
    CHECK(text_of(catalog_faults(7, two_faults())) ==
          R"(7 files: 2 faults
 mine.json:12:3: /peaks/0: 'rate' is missing (write it in "TFLOP/s")
 other.json: 'kv_dtype' fp2 is no format
)");
}

TEST_CASE("faults of catalog files are a row each in CSV") {
    CHECK(text_of(catalog_faults(7, two_faults()), "csv") ==
          "place,pointer,message,hint\n"
          "mine.json:12:3,/peaks/0,'rate' is missing,\"write it in \"\"TFLOP/s\"\"\"\n"
          "other.json,,'kv_dtype' fp2 is no format,\n");
}

TEST_CASE("faults of catalog files in Markdown are lines, not a table for machines") {
    CHECK(text_of(catalog_faults(7, two_faults()), "md").find("PLACE") == std::string::npos);
}

TEST_CASE("the record of faults has files, places and null where there is no hint") {
    const Report report = catalog_faults(7, two_faults());
    CHECK(report.command == "hw validate");
    CHECK(json_text(report.result) == R"({
  "files": 7,
  "faults": [
    {
      "file": "mine.json",
      "line": 12,
      "column": 3,
      "pointer": "/peaks/0",
      "message": "'rate' is missing",
      "hint": "write it in \"TFLOP/s\""
    },
    {
      "file": "other.json",
      "line": 0,
      "column": 0,
      "pointer": "",
      "message": "'kv_dtype' fp2 is no format",
      "hint": null
    }
  ]
}
)");
}

TEST_CASE("files without faults say so and list none") {
    const Report report = catalog_faults(3, {});
    CHECK(text_of(report) == "3 files: no faults\n");
    CHECK(text_of(report, "csv") == "place,pointer,message,hint\n");
    CHECK(json_text(report.result) == "{\n  \"files\": 3,\n  \"faults\": []\n}\n");
}

}  // namespace catalog_faults_test
