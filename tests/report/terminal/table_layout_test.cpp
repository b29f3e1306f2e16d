#include "report/terminal/table_layout.hpp"

#include "catch.hpp"
#include "report/humanize.hpp"

#include <random>

namespace table_layout_test {

using namespace roofline;

namespace {

constexpr int bar_width = 18;  // "100 % " and twelve cells

int width_of(const ShownCell& cell) { return cell.bar < 0 ? shown_width(cell.text) : bar_width; }

std::string letters(int count) { return std::string(static_cast<std::size_t>(count), 'x'); }

ShownCell words(std::string text) { return {.text = std::move(text)}; }
ShownCell number(std::string text) { return {.text = std::move(text), .right = true}; }

/// Columns one by one; text stands to the left.
struct Drawn {
    ShownTable table;

    Drawn& column(const std::string& title, Need need, const std::vector<ShownCell>& cells) {
        table.columns.push_back({.title = title, .key = title, .need = need});
        table.right.push_back(cells.at(0).right);
        table.rows.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) table.rows[i].push_back(cells[i]);
        return *this;
    }
    std::vector<std::string> titles() const {
        std::vector<std::string> result;
        for (const Column& column : table.columns) result.push_back(column.title);
        return result;
    }
};

using Titles = std::vector<std::string>;
using Widths = std::vector<int>;

// 4 + 4 + 4 + 10 characters, 3 gaps of 2 and the first space: 29.
Drawn with_constants(Need fits = Need::always) {
    Drawn drawn;
    drawn.column("name", Need::always, {words("a"), words("b")})
        .column("fits", fits, {words("yes"), words("yes")})
        .column("gpus", Need::always, {number("1"), number("1")})
        .column("note", Need::if_room, {words("ten letter"), words("")});
    return drawn;
}

// 4 + 8 + 8 + 8, 3 gaps and a space: 35.
Drawn numbers(Need second, Need third, Need last) {
    Drawn drawn;
    drawn.column("name", Need::always, {words("a"), words("b")})
        .column("second", second, {number("12,345.6"), number("1")})
        .column("third", third, {number("12,345.6"), number("2")})
        .column("last", last, {number("12,345.6"), number("3")});
    return drawn;
}

// 30 + 8, a gap and a space: 41.
Drawn long_name() {
    Drawn drawn;
    drawn.column("name", Need::always, {words(letters(30)), words("b")})
        .column("time", Need::always, {number("12.34 ms"), number("1")});
    return drawn;
}

}  // namespace

TEST_CASE("a line is its columns, two characters between them and one before") {
    CHECK(line_width({4}) == 5);
    CHECK(line_width({4, 7, 2}) == 1 + 4 + 2 + 7 + 2 + 2);
}

TEST_CASE("on a page that has room everything stays, as wide as its widest cell or title") {
    Drawn drawn = with_constants();
    const TableLayout layout = fit(drawn.table, 29, width_of);
    CHECK(drawn.titles() == Titles{"name", "fits", "gpus", "note"});
    CHECK(layout.widths == Widths{4, 4, 4, 10});
    CHECK(layout.hidden.dropped.empty());
    CHECK(layout.hidden.constant.empty());
    CHECK(layout.hidden.full_width == 29);
}

TEST_CASE("what is empty goes even where there is room, unless it always stays or was asked for") {
    Drawn drawn;
    drawn.column("name", Need::always, {words("a"), words("b")})
        .column("reason", Need::if_filled, {words(""), words("–")})
        .column("note", Need::if_room, {words(""), words("")})
        .column("price", Need::asked, {words("–"), words("–")})
        .column("time", Need::always, {words("–"), words("–")});
    const TableLayout layout = fit(drawn.table, 80, width_of);
    CHECK(drawn.titles() == Titles{"name", "price", "time"});
    CHECK(layout.hidden.dropped.empty());
    CHECK(layout.hidden.full_width == line_width({4, 5, 4}));
}

TEST_CASE("the same in every row goes first, from the right, and is said in the table's order") {
    Drawn drawn = with_constants();
    CHECK(fit(drawn.table, 28, width_of).hidden.constant == Titles{"gpus 1"});
    CHECK(drawn.titles() == Titles{"name", "fits", "note"});
    drawn = with_constants();
    const TableLayout layout = fit(drawn.table, 22, width_of);
    CHECK(layout.hidden.constant == Titles{"fits yes", "gpus 1"});
    CHECK(layout.hidden.dropped.empty());
    CHECK(layout.widths == Widths{4, 10});
    CHECK(layout.hidden.full_width == 29);
}

TEST_CASE("neither a single row, nor the first column, nor one that was asked for is constant") {
    Drawn one;
    one.column("name", Need::always, {words("a")}).column("fits", Need::always, {words("yes")});
    CHECK(fit(one.table, 8, width_of).hidden.constant.empty());
    Drawn same;
    same.column("name", Need::always, {words("a"), words("a")})
        .column("time", Need::always, {number("1"), number("2")});
    CHECK(fit(same.table, 8, width_of).hidden.dropped == Titles{"time"});
    CHECK(same.titles() == Titles{"name"});
    Drawn asked = with_constants(Need::asked);
    const TableLayout layout = fit(asked.table, 22, width_of);
    CHECK(layout.hidden.constant == Titles{"gpus 1"});
    CHECK(layout.hidden.dropped == Titles{"note"});
    CHECK(asked.titles() == Titles{"name", "fits"});
}

TEST_CASE("what stands where there is room goes next, then from the right, what was asked last") {
    Drawn drawn = numbers(Need::if_room, Need::always, Need::always);
    CHECK(fit(drawn.table, 34, width_of).hidden.dropped == Titles{"second"});
    drawn = numbers(Need::always, Need::always, Need::always);
    CHECK(fit(drawn.table, 24, width_of).hidden.dropped == Titles{"third", "last"});
    drawn = numbers(Need::asked, Need::always, Need::asked);
    CHECK(fit(drawn.table, 34, width_of).hidden.dropped == Titles{"third"});
    drawn = numbers(Need::asked, Need::always, Need::asked);
    CHECK(fit(drawn.table, 24, width_of).hidden.dropped == Titles{"third", "last"});
    CHECK(drawn.titles() == Titles{"name", "second"});
    drawn = numbers(Need::asked, Need::if_room, Need::asked);
    CHECK(fit(drawn.table, 14, width_of).hidden.dropped == Titles{"third", "second", "last"});
}

TEST_CASE("text is cut where that saves a column, no further than it must") {
    Drawn drawn = long_name();
    CHECK(fit(drawn.table, 41, width_of).widths == Widths{30, 8});
    drawn = long_name();
    CHECK(fit(drawn.table, 40, width_of).widths == Widths{29, 8});
    drawn = long_name();
    CHECK(fit(drawn.table, 23, width_of).widths == Widths{12, 8});
    // Twelve characters would be too few: the column goes, and its room is given back.
    drawn = long_name();
    const TableLayout layout = fit(drawn.table, 22, width_of);
    CHECK(layout.widths == Widths{21});
    CHECK(layout.hidden.dropped == Titles{"time"});
}

TEST_CASE("a reason is cut before a column that stands where there is room is left out") {
    Drawn drawn;
    drawn.column("name", Need::always, {words(letters(20)), words("b")})
        .column("reason", Need::if_filled, {words(letters(30)), words("")})
        .column("room", Need::if_room, {number("1"), number("2")});
    const TableLayout layout = fit(drawn.table, 50, width_of);
    CHECK(layout.widths == Widths{20, 21, 4});
    CHECK(layout.hidden.dropped.empty());
}

TEST_CASE("bars go before columns do, and percentages stay") {
    const auto barred = [] {
        Drawn drawn;
        drawn.column("name", Need::always, {words("a"), words("b")})
            .column("time", Need::always, {number("1 ms"), number("2 ms")})
            .column("share", Need::always,
                    {{.text = "33 %", .right = true, .bar = 0.33},
                     {.text = "67 %", .right = true, .bar = 0.67}});
        return drawn;
    };
    Drawn drawn = barred();
    CHECK(fit(drawn.table, 31, width_of).widths == Widths{4, 4, bar_width});
    drawn = barred();
    const TableLayout layout = fit(drawn.table, 30, width_of);
    CHECK(layout.widths == Widths{4, 4, 5});
    CHECK(layout.hidden.dropped.empty());
    CHECK(drawn.table.rows[0][2].bar < 0);
}

namespace {

// Eight columns of any kind and need, two of which may have bars; the first is text.
Drawn at_random(std::mt19937& random) {
    const auto upto = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    Drawn drawn;
    const int rows = 1 + upto(4);
    for (int column = 0; column < 8; ++column) {
        const bool text = column == 0 || upto(2) == 0;
        const bool bars = !text && upto(3) == 0;
        const int same = upto(3) == 0 ? 1 + upto(9) : 0;
        std::vector<ShownCell> cells;
        for (int row = 0; row < rows; ++row)
            cells.push_back({.text = letters(same > 0 ? same : upto(text ? 40 : 9)),
                             .right = !text,
                             .bar = bars ? 0.5 : -1});
        const Need need = column == 0 ? Need::always : static_cast<Need>(upto(3));
        drawn.column(letters(1 + upto(11)) + std::to_string(column), need, cells);
    }
    return drawn;
}

Widths natural_widths(const ShownTable& table) {
    Widths widths;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        int width = width_of({.text = table.columns[i].title});
        for (const auto& row : table.rows) width = std::max(width, width_of(row[i]));
        widths.push_back(width);
    }
    return widths;
}

}  // namespace

TEST_CASE("at any width a line of eight columns is no wider than the page, and nothing is lost") {
    std::mt19937 random(20261128);  // NOLINT: the same tables in every run
    for (int i = 0; i < 200; ++i) {
        const Drawn asked = at_random(random);
        for (int width = 40; width <= 200; width += 7) {
            Drawn drawn = asked;
            const TableLayout layout = fit(drawn.table, width, width_of);
            const std::size_t left = drawn.table.columns.size();
            REQUIRE(line_width(layout.widths) <= width);
            REQUIRE(layout.widths.size() == left);
            REQUIRE(drawn.table.right.size() == left);
            for (const auto& row : drawn.table.rows) REQUIRE(row.size() == left);
            REQUIRE(drawn.table.columns[0].title == asked.table.columns[0].title);
            const bool all = layout.hidden.dropped.empty() && layout.hidden.constant.empty();
            if (layout.hidden.full_width <= width) REQUIRE(all);
            // Who cuts fills the page.
            const Widths natural = natural_widths(drawn.table);
            if (layout.widths != natural) {
                REQUIRE(line_width(layout.widths) == width);
                REQUIRE(line_width(natural) > width);
            }
        }
    }
}

TEST_CASE("at the full width nothing is left out or cut, at one character less something is") {
    std::mt19937 random(7);  // NOLINT: the same tables in every run
    for (int i = 0; i < 200; ++i) {
        const Drawn asked = at_random(random);
        Drawn first = asked;
        const int full = fit(first.table, 40, width_of).hidden.full_width;
        if (full <= 40) continue;
        Drawn wide = asked;
        const TableLayout at_full = fit(wide.table, full, width_of);
        REQUIRE(line_width(at_full.widths) == full);
        REQUIRE(at_full.widths == natural_widths(wide.table));
        REQUIRE(at_full.hidden.dropped.empty());
        REQUIRE(at_full.hidden.constant.empty());
        Drawn narrower = asked;
        REQUIRE(line_width(fit(narrower.table, full - 1, width_of).widths) < full);
    }
}

TEST_CASE("who was asked for is left out only where nobody else is left beside the first") {
    std::mt19937 random(11);  // NOLINT: the same tables in every run
    int seen = 0;
    for (int i = 0; i < 200; ++i) {
        const Drawn asked = at_random(random);
        for (int width = 40; width <= 120; width += 9) {
            Drawn drawn = asked;
            const TableLayout layout = fit(drawn.table, width, width_of);
            bool lost = false;
            for (const Column& column : asked.table.columns)
                lost |= column.need == Need::asked &&
                        std::ranges::count(layout.hidden.dropped, column.title) > 0;
            if (!lost) continue;
            ++seen;
            for (std::size_t column = 1; column < drawn.table.columns.size(); ++column)
                REQUIRE(drawn.table.columns[column].need == Need::asked);
        }
    }
    CHECK(seen > 0);
}

}  // namespace table_layout_test
