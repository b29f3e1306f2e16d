// A sweep's points as rows: what varies, whether it fits, every figure, and why there is none.
#pragma once

#include "roofline/search/point.hpp"
#include "roofline/search/selection.hpp"

#include "report/report.hpp"

namespace roofline::cli {

/// "fits", the metric table and "reason".
void add_answer_columns(bool priced, std::vector<Column>& columns);
void add_answer_cells(const PointAnswer& answer, Row& row);
/// The metric table alone.
void add_figure_cells(const PointAnswer& answer, Row& row);

/// A column for a field, and a field's value in it.
Column column_of(const Field& field);
Cell cell_of(const FieldValue& value);

/// Whether any point has a price.
bool is_priced(const Space& space);

/// The ranged fields and the answer's columns.
std::vector<Column> columns_of(const Space& space);

/// Fills the row of a point.
void fill_row(const Space& space, std::uint64_t point, const PointAnswer& answer, Row& row);

}  // namespace roofline::cli
