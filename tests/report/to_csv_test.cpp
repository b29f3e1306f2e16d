#include "catch.hpp"
#include "page.hpp"

#include <cmath>

namespace to_csv_test {

using namespace roofline;

namespace {

Table one_row(Row row) {
    std::vector<Column> columns;
    for (const Cell& cell : row) columns.push_back({"", std::to_string(cell.index())});
    return {.title = "a title",
            .columns = std::move(columns),
            .next = rows_of({std::move(row)}),
            .notes = {"a note"}};
}

std::string csv(std::vector<Block> blocks) {
    Report report{.command = "any", .verdict = "a verdict"};
    report.blocks = std::move(blocks);
    return text_of(report, "csv");
}

}  // namespace

TEST_CASE("every kind of cell in CSV: full digits in base units, nothing where nothing is known") {
    CHECK(csv({one_row({std::monostate(), "text", 1.0 / 3, Measure(25 * millisecond),
                        Label{"label", Role::bad}, Share{0.125}, true})}) ==
          "0,1,2,3,4,5,6\n"
          ",text,0.3333333333333333,0.025,label,0.125,true\n");
    CHECK(csv({one_row({false, std::nan(""), Measure(2 * dollar / hour)})}) == "6,2,3\nfalse,,2\n");
}

TEST_CASE("commas and quotes in CSV are quoted, in column keys too") {
    CHECK(csv({Table{.columns = {{"A", "a,b"}, {"B", "b"}},
                     .next = rows_of({{"x, y", "say \"no\""}})}}) ==
          "\"a,b\",b\n\"x, y\",\"say \"\"no\"\"\"\n");
}

TEST_CASE("text that a spreadsheet would compute begins with an apostrophe, numbers do not") {
    CHECK(csv({one_row({"=1+1", "+1", "-1", "@a"})}) == "1,1,1,1\n'=1+1,'+1,'-1,'@a\n");
    CHECK(csv({one_row({"a=1", -1.5})}) == "1,2\na=1,-1.5\n");
    CHECK(csv({one_row({"=A1,B1"})}) == "1\n\"'=A1,B1\"\n");
}

TEST_CASE("CSV is the first table or picture, for machines too, and no other block") {
    Table machines = one_row({"first"});
    machines.audience = Audience::machines;
    const Table second = one_row({"second"});
    const Chart chart{.x = {.key = "x"}, .y = {.key = "y"}, .series = {{"s", {}, {}, {{1, 2}}}}};
    CHECK(csv({Text{{"a line"}}, machines, second}) == "1\nfirst\n");
    CHECK(csv({chart, second}) == "series,point,x,y\ns,,1,2\n");
    CHECK(csv({Text{{"a line"}}}) == "");
}

TEST_CASE("later parts of a stream have no header") {
    Table part = one_row({"x"});
    part.header = false;
    CHECK(csv({part}) == "x\n");
}

}  // namespace to_csv_test
