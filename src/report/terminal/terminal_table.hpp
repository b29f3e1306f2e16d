// A table on a page for people.
#pragma once

#include "painter.hpp"
#include "report/report.hpp"
#include "table_layout.hpp"

namespace roofline {

/// What is the same in every row is said once, below; returned is what there was no room for.
HiddenColumns draw_table(const Painter& painter, const Table& table);

}  // namespace roofline
