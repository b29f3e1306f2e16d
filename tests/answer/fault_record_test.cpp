#include "answer/fault_record.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace fault_record_test {

using namespace roofline;

TEST_CASE("a fault as a document: code, exit status, message, hint and place") {
    const Fault fault{.code = ErrorCode::bad_record,
                      .message = "'rate' is missing",
                      .hint = "write it",
                      .where = {.file = "mine.json", .line = 12, .column = 3, .pointer = "/peaks"}};
    CHECK(json_text(fault_record(fault)) == R"({
  "schema": "roofline/error/1",
  "error": {
    "code": "E302",
    "exit": 3,
    "message": "'rate' is missing",
    "hint": "write it",
    "where": {
      "file": "mine.json",
      "line": 12,
      "column": 3,
      "pointer": "/peaks"
    }
  }
}
)");
}

TEST_CASE("a fault without hint or place has null for them") {
    const Fault fault{.code = ErrorCode::does_not_fit, .message = "too large"};
    CHECK(json_text(fault_record(fault)) == R"({
  "schema": "roofline/error/1",
  "error": {
    "code": "E402",
    "exit": 4,
    "message": "too large",
    "hint": null,
    "where": null
  }
}
)");
}

TEST_CASE("a fault of a whole file has null for line, column and pointer") {
    const Fault fault{.code = ErrorCode::unreadable_file,
                      .message = "cannot be read",
                      .where = {.file = "gone.json"}};
    CHECK(json_text(*value_at(fault_record(fault), "error.where")) == R"({
  "file": "gone.json",
  "line": null,
  "column": null,
  "pointer": null
}
)");
}

}  // namespace fault_record_test
