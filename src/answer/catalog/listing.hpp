// Lists of the catalog: what of them is asked for, in which order, and under which headings.
#pragma once

#include "report/report.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

struct ListQuestion {
    std::string about;  ///< a word in a name; empty: everything
    std::string sort;   ///< a column, the best of it first; empty: by groups
};

/// One line of a list: for people under a heading, and for machines.
struct Listed {
    std::string group;
    Row shown;
    Row row;
    Value record;
};

/// Whether a word is in any of `texts`; case, '-', '_' and spaces apart.
bool is_about(std::string_view word, std::span<const std::string> texts);

/// Names that `sort` takes of a column: its key without the unit, its title in lower case.
std::vector<std::string> sort_names(const Column& column);

/// By one column of `row`: the most of a number first, the least of money, and text by letters;
/// what has none comes last. Throws E106 for a name that no column has.
void sort_list(std::vector<Listed>& list, const std::vector<Column>& columns,
               const std::string& name);

/// What people see of it, with a heading before each group where the list is not sorted.
std::vector<Row> shown_rows(std::span<const Listed> list, bool sorted);
std::vector<Row> machine_rows(std::span<const Listed> list);

/// " about 'h100'", or nothing.
std::string about_words(const ListQuestion& question);

}  // namespace roofline
