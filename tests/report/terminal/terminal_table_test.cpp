#include "report/terminal/terminal_table.hpp"

#include "catch.hpp"
#include "page.hpp"
#include "report/humanize.hpp"

#include <sstream>

namespace terminal_table_test {

using namespace roofline;

namespace {

struct Drawn {
    std::vector<std::string> lines;
    HiddenColumns hidden;
};

Drawn drawn(const Table& table, const Page& page) {
    std::string text;
    const Write write = [&](std::string_view part) { text += part; };
    const Painter painter(page, write);
    Drawn result{.lines = {}, .hidden = draw_table(painter, table)};
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.lines.push_back(line);
    return result;
}

using Lines = std::vector<std::string>;

// 7 characters, a gap of 2, and a percentage of 6 before the bar.
Table shares(double largest = 0.5) {
    return {.title = "",
            .columns = {{"part", "part"}, {"share", "share"}},
            .next = rows_of({{"weights", Share{largest}}, {"cache", Share{largest / 2}}})};
}

std::size_t blocks_in(const std::string& line) {
    std::size_t count = 0;
    for (std::size_t at = line.find("█"); at != std::string::npos; at = line.find("█", at + 1))
        ++count;
    return count;
}

// So many rows of 34 characters: all but the last column of 4 fit into 33.
Table counted(int last, std::function<bool(int)> fits) {
    return {.title = "",
            .columns = {{"row", "row"}, {"name", "name"}, {"fits", "fits"}},
            .next = [last, at = 0, fits = std::move(fits)](Row& row) mutable {
                if (at == last) return false;
                ++at;
                const bool even = at % 2 == 0;
                row = {static_cast<double>(at), even ? "twenty letters, even" : "odd", fits(at)};
                return true;
            }};
}

}  // namespace

TEST_CASE("the longest bar fills the page, others are as long as their share of it") {
    const Drawn page = drawn(shares(), {.width = 60});
    CHECK(page.lines[0] == " part     share");
    CHECK(shown_width(page.lines[1]) == 60);
    CHECK(blocks_in(page.lines[1]) == 60 - 1 - 7 - 2 - 6);
    CHECK(page.lines[1].starts_with(" weights   50 % ██"));
    CHECK(blocks_in(page.lines[2]) == 22);
}

TEST_CASE("bars are twelve to forty-five characters, and none is longer for more than the whole") {
    CHECK(blocks_in(drawn(shares(), {.width = 28}).lines[1]) == 12);
    CHECK(blocks_in(drawn(shares(), {.width = 27}).lines[1]) == 0);
    CHECK(blocks_in(drawn(shares(), {.width = 200}).lines[1]) == 45);
    const Drawn over = drawn(shares(1.5), {.width = 200});
    CHECK(blocks_in(over.lines[1]) == 45);
    CHECK(blocks_in(over.lines[2]) == 33);  // 3/4 of 45
    CHECK(blocks_in(drawn(shares(0), {.width = 200}).lines[1]) == 0);
}

TEST_CASE("two columns with bars share a page, and neither is cut") {
    const Table two{.title = "",
                    .columns = {{"a", "a"}, {"first", "first"}, {"second", "second"}},
                    .next = rows_of({{"x", Share{1}, Share{1}}})};
    for (const int width : {44, 60, 80, 200}) {
        const Drawn page = drawn(two, {.width = width});
        INFO(width);
        CHECK(shown_width(page.lines[1]) <= width);
        CHECK(page.lines[1].find("…") == std::string::npos);
    }
}

TEST_CASE("folded rows are one, and all of them with --why") {
    Table table{.title = "",
                .columns = {{"part", "part"}, {"time", "time_s"}},
                .next = rows_of({{"a", 1.0}, {"b", 2.0}, {"c", 3.0}}),
                .fold = FoldedRows{1, {"2 others", 5.0}}};
    CHECK(drawn(table, {}).lines == Lines{" part      time", " a            1", " 2 others     5"});
    CHECK(drawn(table, {.why = true}).lines ==
          Lines{" part  time", " a        1", " b        2", " c        3"});
}

TEST_CASE("lines under a table: what all rows say, notes, and what is known once rows were read") {
    auto read = std::make_shared<int>(0);
    Table table{.title = "Title",
                .columns = {{"name", "name"}, {"fits", "fits"}, {"gpus", "gpus"}},
                .next =
                    [read](Row& row) {
                        if (*read == 2) return false;
                        row = {++*read == 1 ? "the first" : "the second", true, 1.0};
                        return true;
                    },
                .notes = {"a note"}};
    table.closing = [read] { return Lines{std::to_string(*read) + " rows"}; };
    CHECK(drawn(table, {.width = 14}).lines == Lines{" Title", " name", " the first", " the second",
                                                     " every row:", " fits yes ·", " gpus 1",
                                                     " a note", " 2 rows"});
}

TEST_CASE("text is cut by characters, in ASCII too") {
    const Table table{.title = "",
                      .columns = {{"name", "name"}, {"time", "time_s"}},
                      .next = rows_of({{"größer als möglich", Measure(25 * millisecond)}})};
    CHECK(drawn(table, {.width = 22}).lines[1] == " größer als …  25.0 ms");
    CHECK(drawn(table, {.width = 22, .charset = Charset::ascii}).lines[1] ==
          " gr??er als ~  25.0 ms");
}

TEST_CASE("what one thousand rows share is said below them, and not of the next") {
    const auto early = [](int row) { return row <= 1001; };
    const Lines lines = drawn(counted(2000, early), {.width = 33}).lines;
    REQUIRE(lines.size() == 2003);
    CHECK(lines[0] == "   row  name");
    CHECK(lines[1000] == " 1,000  twenty letters, even");
    CHECK(lines[1001] == " every row: fits yes");
    CHECK(lines[1002] == "   row  name                 fits");
    CHECK(lines[1003] == " 1,001  odd                  yes");
}

TEST_CASE("what thousands of rows share is said once") {
    const Drawn page = drawn(counted(3000, [](int) { return true; }), {.width = 33});
    CHECK(std::ranges::count(page.lines, " every row: fits yes") == 1);
    CHECK(page.lines.back() == " every row: fits yes");
    CHECK(page.hidden.full_width == 34);
}

TEST_CASE("columns without room are announced once for all tables of a page") {
    const auto table = [] {
        return Table{.title = "",
                     .columns = {{"name", "name"}, {"where", "where", 3, Need::if_room}},
                     .next = rows_of({{"a", "in the memory of the device"}, {"b", "there"}})};
    };
    Report report;
    report.blocks.emplace_back(table());
    report.blocks.emplace_back(table());
    const std::string text = text_of(report, "table", 30);
    const std::string words = "1 more column with --width 34: where";
    const std::size_t at = text.find("1 more column with --width");
    REQUIRE(at != std::string::npos);
    CHECK(text.find("1 more column", at + 1) == std::string::npos);
    CHECK(text_of(report, "table", 100).find("more column") == std::string::npos);
    Report wider;
    wider.blocks.emplace_back(table());
    CHECK(text_of(wider, "table", 34).find("more column") == std::string::npos);
    CHECK(line_width({4, 27}) == 34);
}

}  // namespace terminal_table_test
