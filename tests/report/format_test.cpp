#include "report/format.hpp"

#include "catch.hpp"

namespace format_test {

using namespace roofline;

namespace {

/// "csv" of the file that would get it, "" where the name says nothing.
std::string_view format_of(std::string_view path) {
    const Format* format = format_for_extension(path);
    return format == nullptr ? std::string_view() : format->name;
}

}  // namespace

TEST_CASE("a file's extension says its format, upper or lower case") {
    CHECK(format_of("answer.txt") == "table");
    CHECK(format_of("answer.json") == "json");
    CHECK(format_of("answer.jsonl") == "jsonl");
    CHECK(format_of("a.json.csv") == "csv");
    CHECK(format_of("README.MD") == "md");
    CHECK(format_of("/tmp/Roof.Svg") == "svg");
}

TEST_CASE("other names say no format") {
    CHECK(format_of("answer.html") == "");
    CHECK(format_of("csv") == "");
    CHECK(format_of("") == "");
    CHECK(find_format("html") == nullptr);
    CHECK(find_format("CSV") == nullptr);
}

TEST_CASE("formats stand in the order of their names, the last of them draws the picture alone") {
    const auto all = formats();
    REQUIRE(all.size() == 6);
    CHECK(all[0].name == "table");
    CHECK(all[0].help == "verdict, tables and bars for people");
    CHECK(all[1].name == "json");
    CHECK(all[1].help == "the whole answer, base units, one document");
    CHECK(all[2].name == "jsonl");
    CHECK(all[2].help == "the first table or picture, one JSON object a row, base units");
    CHECK(all[3].name == "csv");
    CHECK(all[3].help == "the first table or picture, base units");
    CHECK(all[4].name == "md");
    CHECK(all[4].help == "Markdown for a comment or a page");
    CHECK(all[4].subject == Subject::answer);
    CHECK(all[5].name == "svg");
    CHECK(all[5].help == "the picture, for a page in light or dark");
    CHECK(all[5].subject == Subject::picture);
}

}  // namespace format_test
