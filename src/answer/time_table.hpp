// Where the time of a step or of a token goes: one table for whoever shows it.
#pragma once

#include "roofline/units/quantity.hpp"

#include "report/report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// A row: an operator, a term, or a fixed time, which has no time at best.
struct TimeRow {
    std::string name;
    std::optional<Seconds> best;
    std::optional<Seconds> expected;
    Role role = Role::plain;  ///< of its bar: what bounds it
    std::vector<Cell> more;   ///< of the columns beside the times

    /// What is expected, else what is best: of this the shares are.
    Seconds time() const { return expected.value_or(best.value_or(Seconds())); }
};

struct TimeTable {
    std::string name;              ///< of the rows: "decode step"
    std::string best = "at best";  ///< what the least times are called
    std::vector<TimeRow> rows;
    std::vector<Column> more;  ///< columns beside the times
    std::vector<std::string> notes;
};

/// Longest first; people see the first few and the others as one row. The share of the roof is the
/// time at best over what is expected.
Table time_table(TimeTable table);

}  // namespace roofline
