#include "figure_rows.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "error/choice.hpp"
#include "input/csv.hpp"
#include "text/formatted.hpp"
#include "units/split_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace roofline {
namespace {

std::optional<double> parsed(const std::string& cell) {
    double number = 0;
    const char* end = cell.data() + cell.size();
    const auto result = std::from_chars(cell.data(), end, number);
    const bool read = result.ec == std::errc() && result.ptr == end && std::isfinite(number);
    return read ? std::optional(number) : std::nullopt;
}

// As numbers in texts are: what is drawn is multiplied and divided.
void refuse_beyond(const FigureRows& rows, const FigureRow& row, std::size_t column,
                   double number) {
    if (number == 0 || units::is_computable(std::abs(number))) return;
    throw UserError(
        {.code = ErrorCode::bad_table,
         .message = formatted("{}: {} is too {} to draw", rows.columns[column], row.cells[column],
                              std::abs(number) > 1 ? "large" : "small"),
         .hint = "numbers are 0, or from 1e-30 to 1e30",
         .where = {.file = rows.name, .line = row.line}});
}

bool names_field(std::string_view column) { return find_field(name_of_key(column)) != nullptr; }

void refuse_other_files(const CsvTable& table) {
    const std::string& first = table.columns().empty() ? std::string() : table.columns()[0];
    const bool markup = first.starts_with('{') || first.starts_with('[') || first.starts_with('<');
    if (!markup && table.columns().size() > 1) return;
    table.require_columns({});
    table.fail("this is no CSV: its first line names no columns",
               "it begins with names, and has a row per point: batch,tpot_s");
}

}  // namespace

bool names_table(const std::string& word) { return has_ending(word, ".csv"); }

FigureRows read_figure_rows(const std::string& path) { return read_figure_rows(read_source(path)); }

FigureRows read_figure_rows(Source source) {
    FigureRows rows{.name = source.name, .columns = {}, .rows = {}};
    CsvTable table(std::move(source));
    refuse_other_files(table);
    rows.columns = table.columns();
    while (table.next()) {
        rows.rows.push_back({.line = table.line(), .cells = table.cells()});
        rows.rows.back().reason = cell_of(rows, rows.rows.back(), reason_column);
    }
    return rows;
}

std::size_t column_of(const FigureRows& rows, std::string_view name, std::string_view flag) {
    const Metric* metric = find_metric(name);
    for (const std::string_view wanted : {name, metric == nullptr ? name : metric->key}) {
        const auto found = std::ranges::find(rows.columns, wanted);
        if (found != rows.columns.end())
            return static_cast<std::size_t>(found - rows.columns.begin());
    }
    const std::vector<std::string_view> known(rows.columns.begin(), rows.columns.end());
    Fault fault = no_choice(name, flag, "column", known);
    const bool file = !rows.rows.empty() && rows.rows.front().line > 0;
    if (file) fault.where = {.file = rows.name, .line = 1};
    throw UserError(std::move(fault));
}

std::optional<double> number_in(const FigureRows& rows, const FigureRow& row, std::size_t column) {
    const std::string& cell = row.cells[column];
    if (cell.empty()) return std::nullopt;
    if (const auto number = parsed(cell)) {
        refuse_beyond(rows, row, column, *number);
        return number;
    }
    std::vector<std::string> others;
    for (std::size_t i = 0; i < rows.columns.size(); ++i)
        if (i != column && holds_numbers(rows, i)) others.push_back(rows.columns[i]);
    std::string hint = others.empty() ? "no column holds numbers alone"
                                      : "columns of numbers: " + joined(others, ", ");
    if (find_metric_by_key(rows.columns[column]) == nullptr)
        hint += formatted("; names group points: `series {}`", rows.columns[column]);
    throw UserError({.code = ErrorCode::bad_table,
                     .message = formatted("{}: '{}' is no number", rows.columns[column], cell),
                     .hint = std::move(hint),
                     .where = {.file = rows.name, .line = row.line}});
}

std::string_view cell_of(const FigureRows& rows, const FigureRow& row, std::string_view column) {
    const auto found = std::ranges::find(rows.columns, column);
    if (found == rows.columns.end()) return {};
    return row.cells[static_cast<std::size_t>(found - rows.columns.begin())];
}

std::vector<std::size_t> varying_fields(const FigureRows& rows) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        const bool varies = std::ranges::any_of(rows.rows, [&](const FigureRow& row) {
            return row.cells[i] != rows.rows.front().cells[i];
        });
        if (varies && names_field(rows.columns[i])) result.push_back(i);
    }
    return result;
}

bool holds_numbers(const FigureRows& rows, std::size_t column) {
    bool any = false;
    for (const FigureRow& row : rows.rows) {
        if (row.cells[column].empty()) continue;
        if (!parsed(row.cells[column])) return false;
        any = true;
    }
    return any;
}

}  // namespace roofline
