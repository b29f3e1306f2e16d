#include "input/csv.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace csv_test {

using namespace roofline;

namespace {

using Names = std::vector<std::string>;

CsvTable table(std::string text) { return CsvTable({.name = "runs.csv", .text = std::move(text)}); }

// What a column `n` with this cell is refused with.
Fault refused(const std::string& cell) {
    CsvTable numbers = table("n,m\n" + cell + ",1\n");
    REQUIRE(numbers.next());
    return fault_of([&] { numbers.number("n"); });
}

Fault without_columns(const std::string& header) {
    const CsvTable read = table(header + "\n");
    return fault_of([&] { read.require_columns({"model", "hardware"}); });
}

}  // namespace

TEST_CASE("cells are found by the name of their column, empty ones and missing columns are none") {
    CsvTable rows = table("a,b,c\r\n1,,x y\r\n\r\n2.5,y,z");
    CHECK(rows.columns() == Names{"a", "b", "c"});
    REQUIRE(rows.next());
    CHECK(rows.line() == 2);
    CHECK(rows.number("a") == 1);
    CHECK(rows.text("b") == std::nullopt);
    CHECK(rows.number("b") == std::nullopt);
    CHECK(rows.text("c") == "x y");
    CHECK(rows.text("d") == std::nullopt);
    REQUIRE(rows.next());
    CHECK(rows.line() == 4);
    CHECK(rows.number("a") == 2.5);
    CHECK(rows.cells() == Names{"2.5", "y", "z"});
    CHECK_FALSE(rows.next());
}

TEST_CASE("a cell in quotes holds commas, quotes and line ends, which count as lines") {
    CsvTable rows = table("a,b\n\"1,2\",\"say \"\"no\"\"\nor yes\"\nx,in\"ch\n");
    REQUIRE(rows.next());
    CHECK(rows.line() == 2);
    CHECK(rows.text("a") == "1,2");
    CHECK(rows.text("b") == "say \"no\"\nor yes");
    REQUIRE(rows.next());
    CHECK(rows.line() == 4);
    CHECK(rows.text("b") == "in\"ch");
    CsvTable unclosed = table("a,b\n1,2\n3,\"4\n5,6\n");
    REQUIRE(unclosed.next());
    const Fault fault = fault_of([&] { unclosed.next(); });
    CHECK(message_text(fault) == "runs.csv:3: a quote is not closed");
}

TEST_CASE("a row of another length and a column that is named twice are refused: E311") {
    CsvTable rows = table("a,b\n1,2,3\n");
    const Fault longer = fault_of([&] { rows.next(); });
    CHECK(longer.code == ErrorCode::bad_table);
    CHECK(message_text(longer) == "runs.csv:2: 3 cells, but the header names 2 columns");
    const Fault twice = fault_of([] { table("b,a,b\n"); });
    CHECK(message_text(twice) == "runs.csv:1: column 'b' is named twice");
    CHECK(twice.hint == "leave one of them out");
    CHECK(table("a,,\n").columns() == Names{"a", "", ""});
}

TEST_CASE("a column that must be there is missed with the nearest, or with those there are") {
    table("hardware,x,model\n").require_columns({"model", "hardware"});
    const Fault near = without_columns("hardwares,model");
    CHECK(message_text(near) == "runs.csv:1: column 'hardware' is missing");
    CHECK(near.hint == "did you mean hardwares?");
    const Fault far = without_columns("model,x,\x01");
    CHECK(far.hint == "there are model, x");
    for (const std::string other : {";", "|"}) {
        const Fault fault = without_columns("model" + other + "hardware");
        CHECK(fault.message == "cells are separated by '" + other + "'");
        CHECK(fault.hint == "they must be separated by ','");
    }
    CHECK(without_columns("model\thardware").message == "cells are separated by 'tab'");
}

TEST_CASE("a number is finite, from 0 up to a million million") {
    CHECK(refused("fast").message == "n: 'fast' is no number from 0 up");
    CHECK(refused("fast").where.line == 2);
    CHECK(refused("-1").message == "n: '-1' is no number from 0 up");
    CHECK(refused("1 ms").message == "n: '1 ms' is no number from 0 up");
    CHECK(refused("inf").message == "n: 'inf' is no number from 0 up");
    CHECK(refused("2e12").message == "n: 2e12 is too large to be meant");
    CsvTable rows = table("n\n0\n1e12\n");
    REQUIRE(rows.next());
    CHECK(rows.number("n") == 0);
    REQUIRE(rows.next());
    CHECK(rows.number("n") == 1e12);
}

TEST_CASE("columns that nobody asked for are named") {
    CsvTable rows = table("a,b,c\n1,2,3\n");
    CHECK(rows.unread_columns() == Names{"a", "b", "c"});
    REQUIRE(rows.next());
    rows.text("b");
    rows.number("c");
    CHECK(rows.unread_columns() == Names{"a"});
}

TEST_CASE("a row is refused at its line, with a hint where there is one") {
    CsvTable rows = table("a\n1\n2\n");
    REQUIRE(rows.next());
    REQUIRE(rows.next());
    const Fault fault = fault_of([&] { rows.fail("is odd", "make it even"); });
    CHECK(fault.code == ErrorCode::bad_table);
    CHECK(message_text(fault) == "runs.csv:3: is odd");
    CHECK(fault.hint == "make it even");
}

TEST_CASE("a carriage return inside a line joins no cells, and a NUL ends none") {
    CHECK(fault_of([] {
              CsvTable table({.name = "f.csv", .text = "a,b\n1,8\r0\n"});
              table.next();
          }).message == "a carriage return stands inside a line");
    CHECK_THROWS_AS(CsvTable({.name = "f.csv", .text = "a,b\r1,2\r"}), UserError);
    CHECK_THROWS_AS(CsvTable({.name = "f.csv", .text = std::string("a,b\n1\0,2\n", 9)}), UserError);
    CsvTable ended({.name = "f.csv", .text = "a,b\r\n1,2\r"});
    CHECK(ended.next());
    CHECK(ended.number("b") == 2);
}

TEST_CASE("a number too small to compute with is no measurement") {
    CsvTable table({.name = "f.csv", .text = "a,b\n5e-324,0\n"});
    CHECK(table.next());
    CHECK(table.number("b") == 0);
    CHECK_THROWS_AS(table.number("a"), UserError);
}

}  // namespace csv_test
