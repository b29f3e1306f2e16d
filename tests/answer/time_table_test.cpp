#include "answer/time_table.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace time_table_test {

using namespace roofline;

namespace {

/// Milliseconds; below 0 there are none.
TimeRow row(std::string name, double best, double expected) {
    const auto time = [](double ms) {
        return ms < 0 ? std::nullopt : std::optional(ms * millisecond);
    };
    return {.name = std::move(name), .best = time(best), .expected = time(expected), .more = {}};
}

// Rows that are best only, of so many milliseconds.
TimeTable at_best(const std::vector<double>& times) {
    TimeTable table{.name = "step", .rows = {}, .more = {}, .notes = {}};
    for (const double ms : times)
        table.rows.push_back(
            row(std::string(1, static_cast<char>('a' + table.rows.size())), ms, -1));
    return table;
}

// How many rows people see before the folded one, and its name.
std::string folded(const std::vector<double>& times) {
    const Table table = time_table(at_best(times));
    if (!table.fold) return "all";
    return std::to_string(table.fold->first) + " and " + std::get<std::string>(table.fold->as[0]);
}

}  // namespace

// 8 ms in all; 3 of 4 are 75 % of the roof, 1 of 3 are 33 %.
TEST_CASE("rows by what is expected, longest first, beside what is best, and shares of the whole") {
    TimeTable table{.name = "a token",
                    .rows = {row("lm_head", 1, 3), row("launches", -1, 1), row("experts", 3, 4)},
                    .more = {},
                    .notes = {"a note"}};
    CHECK(text_of_block(time_table(std::move(table)), 57) == R"(

 a token   expected  at best  of roof  share
 experts    4.00 ms  3.00 ms     75 %   50 % ████████████
 lm_head    3.00 ms  1.00 ms     33 %   38 % █████████
 launches   1.00 ms        –        –   12 % ███
 a note
)");
}

TEST_CASE("without anything expected there is the time at best alone, and shares are of it") {
    const Table table = time_table(at_best({1, 3}));
    CHECK(text_of(Report{.blocks = {table}}, "csv") ==
          "name,bound_s,share\nb,0.003,0.75\na,0.001,0.25\n");
}

TEST_CASE("columns of their own stand between, and a folded row has no sum of them") {
    TimeTable table = at_best({100, 0.5, 0.25});
    table.more = {{"bytes", "bytes"}};
    for (TimeRow& one : table.rows) one.more = {1.0};
    const Table result = time_table(std::move(table));
    REQUIRE(result.columns.size() == 4);
    CHECK(result.columns[2].key == "bytes");
    REQUIRE(result.fold);
    CHECK(std::holds_alternative<std::monostate>(result.fold->as[2]));
}

TEST_CASE(
    "six rows stand, of more than six five, of those below a hundredth none; one never folds") {
    CHECK(folded({6, 5, 4, 3, 2, 1}) == "all");
    CHECK(folded({7, 6, 5, 4, 3, 2, 1}) == "5 and 2 others");
    CHECK(folded({9, 8, 7, 6, 5, 4, 3, 2, 1}) == "5 and 4 others");
    CHECK(folded({100, 50, 1, 0.9}) == "2 and 2 others");
    CHECK(folded({100, 50, 1}) == "all");
    CHECK(folded({6, 5, 4, 3, 2, 1, 0.01, 0.01}) == "6 and 2 others");
}

TEST_CASE("a folded row is the sum of its rows: 2 + 1 of 28 ms, and of 4 + 3 expected") {
    const Table best = time_table(at_best({7, 6, 5, 4, 3, 2, 1}));
    REQUIRE(best.fold);
    CHECK_THAT(std::get<Measure>(best.fold->as[1]).value, WithinRel(0.003, 1e-12));
    CHECK_THAT(std::get<Share>(best.fold->as[2]).fraction, WithinRel(3.0 / 28, 1e-12));
    TimeTable table{.name = "step", .rows = {row("a", 500, 700)}, .more = {}, .notes = {}};
    table.rows.push_back(row("b", 2, 4));
    table.rows.push_back(row("c", -1, 3));
    const Table expected = time_table(std::move(table));
    REQUIRE(expected.fold);
    CHECK_THAT(std::get<Measure>(expected.fold->as[1]).value, WithinRel(0.007, 1e-12));
    // One of them has no roof: all together have no share of one.
    CHECK(std::holds_alternative<std::monostate>(expected.fold->as[2]));
    CHECK(std::holds_alternative<std::monostate>(expected.fold->as[3]));
    CHECK_THAT(std::get<Share>(expected.fold->as[4]).fraction, WithinRel(7.0 / 707, 1e-12));
}

TEST_CASE("programs have every row") {
    const std::string csv =
        text_of(Report{.blocks = {time_table(at_best({100, 50, 1, 0.9}))}}, "csv");
    CHECK(std::ranges::count(csv, '\n') == 5);
    CHECK(csv.find("others") == std::string::npos);
}

}  // namespace time_table_test
