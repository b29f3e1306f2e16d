#include "report/shown_table.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <limits>

namespace shown_table_test {

using namespace roofline;

namespace {

ShownTable shown(std::vector<Row> rows, std::vector<Column> columns = {{"A", "a"}}) {
    const Table table{.columns = std::move(columns), .next = rows_of(std::move(rows))};
    return shown_table(table, table.next);
}

/// Texts of the first column.
std::vector<std::string> texts(std::vector<Row> rows) {
    std::vector<std::string> result;
    for (const auto& row : shown(std::move(rows)).rows) result.push_back(row.at(0).text);
    return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("every kind of cell as people see it") {
    CHECK(texts({Row{std::monostate()}}) == Texts{"–"});
    CHECK(texts({{"text"}, {true}, {false}, {1234.5}, {Label{"label"}}, {Share{0.53}}}) ==
          Texts{"text", "yes", "no", "1,234", "label", "53 %"});
}

TEST_CASE("a measure of nothing is none, and a text that is a number stands with the numbers") {
    const Row none{Measure(0 * second)};
    CHECK(texts({none, {Measure(4 * millisecond)}}) == Texts{"none", "4.00 ms"});
    const ShownTable table = shown({{132.0}, {"9.0"}, {"sm_90"}});
    CHECK(table.rows[1][0].right);
    CHECK_FALSE(table.rows[2][0].right);
    CHECK_FALSE(shown({{"9.0"}, {"8.6"}}).rows[0][0].right);
}

TEST_CASE("a column has one unit, or each measure its own where that is asked for") {
    const std::vector<Row> rows{{Measure(100 * gigabyte / second)},
                                {Measure(3 * terabyte / second)},
                                {Measure(4 * terabyte / second)}};
    CHECK(shown(rows).rows[0][0].text == "100 GB/s");
    CHECK(shown(rows, {{.title = "A", .key = "a"}}).rows[0][0].text == "100 GB/s");
}

TEST_CASE("numbers, shares and what is unknown stand to the right, text does not") {
    const ShownTable table = shown({{std::monostate(), 1.5, "a", Share{0.25, Role::memory}},
                                    {std::monostate(), {}, {}, Label{"b", Role::bad}}},
                                   {{"A", "a"}, {"B", "b"}, {"C", "c"}, {"D", "d"}});
    CHECK(table.right == std::vector{false, true, false, true});
    CHECK(table.rows[1][1].right);
    CHECK_FALSE(table.rows[0][2].right);
    CHECK(table.rows[0][3].bar == 0.25);
    CHECK(table.rows[0][3].role == Role::memory);
    CHECK(table.rows[1][3].bar < 0);
    CHECK(table.rows[1][3].role == Role::bad);
}

TEST_CASE("each cell has the unit in which it is 1 to 999, whatever stands beside it") {
    CHECK(texts({{Measure(250 * millisecond)},
                 {Measure(350 * millisecond)},
                 {Measure(2000 * millisecond)}}) == Texts{"250 ms", "350 ms", "2.00 s"});
    CHECK(texts({{Measure(20 * millisecond)},
                 {Measure(290 * millisecond)},
                 {Measure(2000 * millisecond)}}) == Texts{"20.0 ms", "290 ms", "2.00 s"});
}

TEST_CASE("none of a quantity is said in a word, of money too little is still money") {
    CHECK(texts({{Measure(0 * second)}, {Measure(1 * gigabyte)}, {Measure(0 * dollar)}}) ==
          Texts{"none", "1.00 GB", "$0.00"});
}

TEST_CASE("lines under a table: its notes, then those that are known once rows were read") {
    Table table{.columns = {{"A", "a"}}, .next = rows_of({}), .notes = {"a note"}};
    CHECK(notes_of(table) == Texts{"a note"});
    table.closing = [] { return Texts{"two rows", "and no more"}; };
    CHECK(notes_of(table) == Texts{"a note", "two rows", "and no more"});
}

TEST_CASE("a column of several dimensions, or of values that are no number, has units in cells") {
    CHECK(texts({{Measure(20 * millisecond)}, {Measure(2 * gigabyte)}}) ==
          Texts{"20.0 ms", "2.00 GB"});
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(texts({{Measure(infinite * second)}, {Measure(20 * millisecond)}}) ==
          Texts{"–", "20.0 ms"});
}

TEST_CASE("a column's digits and the number of its unit") {
    const ShownTable table = shown({{2.5e9, Measure(25.5557 * millisecond)}},
                                   {{"PARAMETERS, B", "p", 3, Need::always, 1e9}, {"T", "t", 5}});
    CHECK(table.rows[0][0].text == "2.50");
    CHECK(table.rows[0][1].text == "25.556 ms");
}

TEST_CASE("a page has a thousand rows, the next one the rest, the one after it none") {
    const Table table{
        .title = "title", .columns = {{"A", "a"}}, .next = rows_of(std::vector<Row>(1003, {1.0}))};
    const NextRow next = table.next;
    CHECK(shown_table(table, next).rows.size() == 1000);
    CHECK(shown_table(table, next).rows.size() == 3);
    CHECK(shown_table(table, next).rows.empty());
    CHECK(shown_table(table, next).title == "title");
}

TEST_CASE("a bar: 16 and 2 of 24 GB are 75 %, and what is nothing is not named") {
    const ShownBar bar = shown_bar(
        {.name = "Memory",
         .segments = {{"weights", 16 * gigabyte}, {"spare", 0 * gigabyte}, {"kv", 2 * gigabyte}},
         .capacity = 24 * gigabyte});
    CHECK(bar.fraction == 0.75);
    CHECK(bar.total == "18.0 GB of 24.0 GB (75 %)");
    CHECK(bar.parts == "weights 16.0 GB · kv 2.00 GB");
}

TEST_CASE("a share of nothing is unknown, and no bar is drawn of it") {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    const Report report = [&] {
        Report page;
        Table table{.title = "", .columns = {{"share", "share"}}, .next = {}};
        table.next = rows_of({{Share{nothing}}, {Share{0.5}}});
        page.blocks.emplace_back(std::move(table));
        page.blocks.emplace_back(Bar{.name = "Memory",
                                     .segments = {{"weights", 0 * gigabyte}},
                                     .capacity = 0 * gigabyte,
                                     .note = {}});
        return page;
    }();
    for (const std::string_view format : {"table", "md"}) {
        const std::string text = text_of(report, format);
        CHECK(text.find("nan") == std::string::npos);
        CHECK(text.find("50 %") != std::string::npos);
    }
    const ShownBar empty =
        shown_bar({.name = "", .segments = {}, .capacity = 0 * gigabyte, .note = {}});
    CHECK(empty.fraction == 0);
    CHECK(empty.total.ends_with("(–)"));
}

TEST_CASE("an assumption is its text, its value and its source") {
    CHECK(assumption_line({"id", "share", 0.9, "a fit"}) == "share: 0.900 (a fit)");
    CHECK(assumption_line({"id", "free", Measure(1.5 * gigabyte), "a fit"}) ==
          "free: 1.50 GB (a fit)");
    CHECK(assumption_line({"id", "engine", "vllm", "a default"}) == "engine: vllm (a default)");
    CHECK(assumption_line({"id", "no overlap", {}, "a bound"}) == "no overlap (a bound)");
}

TEST_CASE("an exact number reads back as itself, and is nothing where it is none") {
    CHECK(exact_number(0.1) == "0.1");
    CHECK(exact_number(2.0 / 3) == "0.6666666666666666");
    CHECK(exact_number(3e12) == "3000000000000");
    CHECK(exact_number(std::numeric_limits<double>::quiet_NaN()) == "");
}

}  // namespace shown_table_test
