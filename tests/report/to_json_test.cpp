#include "roofline/version.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <limits>

namespace to_json_test {

using namespace roofline;

namespace {

Report full_report() {
    Report report{.command = "hw list",
                  .verdict = "not in JSON",
                  .derivations = {{"result.a_s", "x / y", "1 / 2", "a book"}},
                  .assumptions = {{"free", "kept free", Measure(1.5 * gigabyte), "a fit"},
                                  {"share", "usable share", 0.9, "a default"}},
                  .warnings = {{"W304", "careful"}, {"W101", "as meant", Severity::note}}};
    report.inputs.add("name", "h100");
    report.result.add("a", 25 * millisecond);
    report.blocks.emplace_back(
        Table{.columns = {{"A", "id"}, {"B", "time_s"}},
              .next = rows_of({{"first", Measure(2 * second)}, {Label{"second"}, {}}}),
              .list = "rows"});
    return report;
}

}  // namespace

TEST_CASE("the whole answer in JSON: schema, inputs, result with its rows, assumptions, warnings") {
    const std::string head = "{\n  \"schema\": \"roofline/hw-list/1\",\n  \"roofline\": \"" +
                             std::string(version) + "\",\n";
    const std::string text = text_of(full_report(), "json");
    REQUIRE(text.starts_with(head));
    CHECK(text.substr(head.size()) == R"(  "command": "hw list",
  "inputs": {
    "name": "h100"
  },
  "result": {
    "a_s": 0.025,
    "rows": [
      {
        "id": "first",
        "time_s": 2
      },
      {
        "id": "second",
        "time_s": null
      }
    ]
  },
  "assumptions": [
    {
      "id": "free",
      "text": "kept free",
      "value": 1500000000,
      "unit": "bytes",
      "source": "a fit"
    },
    {
      "id": "share",
      "text": "usable share",
      "value": 0.9,
      "unit": null,
      "source": "a default"
    }
  ],
  "warnings": [
    {
      "code": "W304",
      "severity": "warning",
      "message": "careful"
    },
    {
      "code": "W101",
      "severity": "note",
      "message": "as meant"
    }
  ],
  "derivations": [
    {
      "path": "result.a_s",
      "formula": "x / y",
      "numbers": "1 / 2",
      "source": "a book"
    }
  ]
}
)");
}

TEST_CASE("an answer without derivations has no member for them") {
    Report report = full_report();
    CHECK(envelope(report).find("derivations") != nullptr);
    report.derivations.clear();
    CHECK(envelope(report).find("derivations") == nullptr);
}

TEST_CASE("every kind of cell in a line of JSON, keys as they are") {
    Report report;
    report.blocks.emplace_back(Text{{"no table"}});
    report.blocks.emplace_back(Table{
        .columns = {{"", "a"}, {"", "b"}, {"", "c"}, {"", "d"}, {"", "e"}, {"", "f"}},
        .next = rows_of(
            {{std::monostate(), "x \"y\"", 0.1, Measure(2 * dollar / hour), Share{0.5}, false},
             {Label{"z"}, 1e300, 5.0, true, {}, {}}})});
    report.blocks.emplace_back(Table{.columns = {{"", "second"}}, .next = rows_of({{1.0}})});
    CHECK(text_of(report, "jsonl") ==
          "{\"a\":null,\"b\":\"x \\\"y\\\"\",\"c\":0.1,\"d\":2,\"e\":0.5,\"f\":false}\n"
          "{\"a\":\"z\",\"b\":1e+300,\"c\":5,\"d\":true,\"e\":null,\"f\":null}\n");
}

TEST_CASE("lines of JSON of a picture are its points") {
    Report report;
    report.blocks.emplace_back(
        Chart{.x = {.key = "batch"}, .y = {.key = "tpot_s"}, .series = {{"s", {}, {}, {{1, 2}}}}});
    CHECK(text_of(report, "jsonl") ==
          "{\"series\":\"s\",\"point\":\"\",\"batch\":1,\"tpot_s\":2}\n");
    report.blocks.clear();
    CHECK(text_of(report, "jsonl") == "");
}

TEST_CASE("whole numbers have no point up to 2^53, others every digit, what is none is null") {
    CHECK(json_text(9007199254740992.0) == "9007199254740992\n");
    CHECK(json_text(18014398509481984.0) == "1.8014398509481984e+16\n");
    CHECK(json_text(-3.0) == "-3\n");
    CHECK(json_text(2.0 / 3) == "0.6666666666666666\n");
    CHECK(json_text(-std::numeric_limits<double>::infinity()) == "null\n");
}

TEST_CASE("text that is no UTF-8 is mended, lists and records print on one line with --get") {
    CHECK(json_text("a\xff") == "\"a\xEF\xBF\xBD\"\n");
    CHECK(raw_text(List{1, "a", Value()}) == "[1,\"a\",null]");
    CHECK(raw_text(Record().add("time", 2 * second)) == "{\"time_s\":2}");
    CHECK(raw_text(Value()) == "null");
}

}  // namespace to_json_test
