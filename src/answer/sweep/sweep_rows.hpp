// A sweep's points as rows: what varies, whether it fits, every figure, and why there is none.
#pragma once

#include "roofline/search/point.hpp"

#include "error/dialect.hpp"
#include "report/report.hpp"

#include <span>
#include <vector>

namespace roofline {

/// "fits", the metric table and "reason". Figures in `asked` are the last to go.
void add_answer_columns(std::span<const Metric* const> asked, std::vector<Column>& columns);
/// `dialect` is how the reason names fields.
void add_answer_cells(const PointAnswer& answer, Dialect dialect, Row& row);

/// The ranged fields and the answer's columns.
std::vector<Column> columns_of(const Space& space, std::span<const Metric* const> asked);

/// Fills the row of a point.
void fill_row(const Space& space, std::uint64_t point, const PointAnswer& answer, Row& row);

}  // namespace roofline
