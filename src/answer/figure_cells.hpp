// Figures of the metric table as values of a record and cells of a row.
#pragma once

#include "roofline/evaluate/metric.hpp"
#include "roofline/search/point.hpp"

#include "report/report.hpp"

#include <optional>
#include <vector>

namespace roofline {

/// A count is no measure: whole, without digits after the point. Empty where it is unknown.
Cell figure_cell(const std::optional<Measure>& measure);
Cell figure_cell(const Metric& metric, const std::optional<double>& figure);

/// Every metric under its key, null where the deployment does not answer it.
Record metrics_record(const Figures& figures);
Record metrics_record(const PointAnswer& answer);

/// The metric table as cells of a row.
void add_figure_cells(const PointAnswer& answer, Row& row);

/// A column for a field, and a field's value in it.
Column column_of(const Field& field);
Cell cell_of(const ShownField& shown);

}  // namespace roofline
