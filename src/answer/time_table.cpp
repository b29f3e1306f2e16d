#include "time_table.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <functional>

namespace roofline {
namespace {

constexpr std::size_t most_rows = 6;
constexpr double least_share = 0.01;

Cell cell_of(const std::optional<Seconds>& time) { return time ? Cell(Measure(*time)) : Cell(); }

Row cells_of(const TimeRow& row, bool expected, Seconds all) {
    Row cells{row.name};
    if (expected) cells.push_back(cell_of(row.expected));
    cells.push_back(cell_of(row.best));
    if (expected) {
        const bool known = row.best && row.expected && *row.expected > Seconds();
        cells.push_back(known ? Cell(Share{*row.best / *row.expected, Role::plain, false})
                              : Cell());
    }
    cells.insert(cells.end(), row.more.begin(), row.more.end());
    cells.emplace_back(Share{row.time() / all, row.role});
    return cells;
}

void add(const std::optional<Seconds>& more, std::optional<Seconds>& sum) {
    if (more) sum = sum.value_or(Seconds()) + *more;
}

// Cells of their own have no sum.
TimeRow joined_rows(std::span<const TimeRow> rows) {
    TimeRow others{.name = formatted("{} others", rows.size()), .more = {}};
    for (const TimeRow& row : rows) {
        add(row.best, others.best);
        add(row.expected, others.expected);
    }
    const auto has_roof = [](const TimeRow& row) { return row.best.has_value(); };
    if (!std::ranges::all_of(rows, has_roof)) others.best.reset();  // no share of a roof
    others.more.resize(rows[0].more.size());
    return others;
}

// As many as there is room for, and none below a hundredth; one alone is not worth a fold.
std::size_t shown_of(const std::vector<TimeRow>& rows, Seconds all) {
    std::size_t shown = 0;
    while (shown < rows.size() && rows[shown].time() / all >= least_share) ++shown;
    if (shown > most_rows) shown = most_rows - 1;
    return rows.size() - shown < 2 ? rows.size() : shown;
}

std::vector<Column> columns_of(const TimeTable& table, bool expected) {
    std::vector<Column> columns{{table.name, "name"}};
    if (expected) columns.push_back({"expected", "expected_s"});
    columns.push_back({table.best, "bound_s"});
    if (expected) columns.push_back({"of roof", "roof_share", 3, Need::if_room});
    columns.insert(columns.end(), table.more.begin(), table.more.end());
    columns.push_back({"share", "share"});
    return columns;
}

}  // namespace

Table time_table(TimeTable table) {
    std::ranges::stable_sort(table.rows, std::greater<>(), &TimeRow::time);
    Seconds all;
    for (const TimeRow& row : table.rows) all += row.time();
    const bool expected = std::ranges::any_of(
        table.rows, [](const TimeRow& row) { return row.expected.has_value(); });
    std::vector<Row> rows;
    for (const TimeRow& row : table.rows) rows.push_back(cells_of(row, expected, all));
    Table result{.title = "",
                 .columns = columns_of(table, expected),
                 .next = rows_of(std::move(rows)),
                 .notes = std::move(table.notes)};
    const std::size_t shown = shown_of(table.rows, all);
    if (shown < table.rows.size())
        result.fold = FoldedRows{
            shown, cells_of(joined_rows(std::span(table.rows).subspan(shown)), expected, all)};
    return result;
}

}  // namespace roofline
