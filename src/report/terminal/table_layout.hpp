// Which columns of a table a page shows and how wide they are, and what it says of the others.
#pragma once

#include "report/shown_table.hpp"

#include <functional>
#include <string>
#include <vector>

namespace roofline {

/// Columns that a page leaves out or says once.
struct HiddenColumns {
    std::vector<std::string> dropped;   ///< titles
    std::vector<std::string> constant;  ///< "fits yes": said once for all rows
    int full_width = 0;                 ///< characters at which nothing is left out
};

struct TableLayout {
    std::vector<int> widths;  ///< characters, of each column that is left
    HiddenColumns hidden;
};

/// How many characters a cell takes, as the page draws it.
using WidthOf = std::function<int(const ShownCell&)>;

inline constexpr int column_gap = 2;

/// Characters of a line with columns of these widths.
int line_width(const std::vector<int>& widths);

/// Fits `table` into `width` characters, and takes columns out of it: empty ones that may go, then,
/// while it is too wide, those that say the same in every row, those that stand where there is
/// room, bars, and from the right all but the first and those that were asked for; these go last.
/// The widest text is cut where that saves a column, and no further than it must.
TableLayout fit(ShownTable& table, int width, const WidthOf& width_of);

}  // namespace roofline
