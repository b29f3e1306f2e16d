// Rows of figures by column, as a sweep writes them: what a picture takes its points from.
#pragma once

#include "evaluate/expected_range.hpp"
#include "input/source.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// Of requests in flight, those that wait for a place in the cache.
inline constexpr std::string_view waiting_column = "waiting";
/// Whether what is expected of a row rests on measured runs like it: "true" or "false".
inline constexpr std::string_view measured_column = "measured";
/// Why a row has no figures.
inline constexpr std::string_view reason_column = "reason";

struct FigureRow {
    int line = 0;                    ///< of the file
    std::vector<std::string> cells;  ///< one per column; empty: no figure
    /// By column what its figure may turn out to be, where that is known: of eight in ten.
    std::map<std::string, FigureRange, std::less<>> ranges = {};
    std::string reason = {};  ///< why it lacks figures
};

/// Inputs of deployments, and figures under the keys of their metrics.
struct FigureRows {
    std::string name;  ///< where they come from
    std::vector<std::string> columns;
    std::vector<FigureRow> rows;
};

/// Whether a word of the command line is such a file rather than a scenario.
bool names_table(const std::string& word);

/// A CSV file with a header, or "-". Throws UserError: E300, and E311 when it is none.
FigureRows read_figure_rows(const std::string& path);
/// The same of a file that was read.
FigureRows read_figure_rows(Source source);

/// The column called `name`, or that of the metric with this id; `flag` asked for it. Throws E106.
std::size_t column_of(const FigureRows& rows, std::string_view name, std::string_view flag);

/// nullopt where the cell is empty. Throws E311 at its line when it holds no number.
std::optional<double> number_in(const FigureRows& rows, const FigureRow& row, std::size_t column);

/// What stands in the column of that name; empty where there is no such column.
std::string_view cell_of(const FigureRows& rows, const FigureRow& row, std::string_view column);

/// Columns of inputs that differ between rows.
std::vector<std::size_t> varying_fields(const FigureRows& rows);

/// Whether every cell that is not empty is a number.
bool holds_numbers(const FigureRows& rows, std::size_t column);

}  // namespace roofline
