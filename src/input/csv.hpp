// Comma-separated values from outside (RFC 4180) as rows that know their line. Cells are found by
// the name of their column.
#pragma once

#include "source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

class CsvTable {
  public:
    /// Reads the header; throws UserError (E311) when a quote is not closed or a column is named
    /// twice.
    explicit CsvTable(Source source);

    /// Throws UserError (E311) naming the columns there are when one of `names` is missing.
    void require_columns(std::initializer_list<std::string_view> names) const;

    /// Columns that nobody asked for by name: a misspelt one would be missed in silence.
    std::vector<std::string> unread_columns() const;

    /// The next row; false at the end. Throws E311 when it has another number of cells.
    bool next();

    int line() const { return line_; }

    /// Names of the header, and the cells of the row read last in the same order.
    const std::vector<std::string>& columns() const { return columns_; }
    const std::vector<std::string>& cells() const { return cells_; }

    /// The cell, nullopt when it is empty or there is no such column.
    std::optional<std::string_view> text(std::string_view column) const;

    /// A finite number, at least 0; nullopt when the cell is empty. Throws E311 with its line.
    std::optional<double> number(std::string_view column) const;

    /// Throws E311 at the row's line.
    [[noreturn]] void fail(std::string message, std::string hint = {}) const;

  private:
    bool read_record(std::vector<std::string>& cells);
    void refuse_duplicates() const;
    [[noreturn]] void refuse_lone_return() const;

    Source source_;
    std::size_t at_ = 0;
    int line_ = 0;       ///< of the row read last
    int next_line_ = 1;  ///< of the row to come
    std::vector<std::string> columns_;
    std::vector<std::string> cells_;
    mutable std::vector<bool> asked_;  ///< by column
};

}  // namespace roofline
