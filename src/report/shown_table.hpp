// A table's cells as text for people: one unit per column, numbers to the right.
#pragma once

#include "report.hpp"

#include <string>
#include <vector>

namespace roofline {

struct ShownCell {
    std::string text;
    Role role = Role::plain;
    bool right = false;  ///< numbers stand to the right
    double bar = -1;     ///< a fraction to draw before the text; below 0 there is none
};

struct ShownTable {
    std::string title;
    std::vector<Column> columns;
    std::vector<bool> right;  ///< per column: its header follows its cells
    std::vector<std::vector<ShownCell>> rows;
};

/// The next thousand rows of `table` from `next`, a copy of its own; none at its end. A page has
/// units and widths of its own, so that a table can be endless.
ShownTable shown_table(const Table& table, const NextRow& next);

/// The lines under a table, once its rows were read.
std::vector<std::string> notes_of(const Table& table);

/// A number as CSV and `--get` print it: shortest text that reads back the same, "" if not finite.
std::string exact_number(double number);

/// Parts of a bar in words: "35.2 of 76.4 GB usable", and "weights 16.1 GB · KV cache 17.2 GB".
struct ShownBar {
    double fraction = 0;
    std::string total;
    std::string parts;
};
ShownBar shown_bar(const Bar& bar);

/// "id: value (source)" of an assumption.
std::string assumption_line(const AssumptionNote& note);

}  // namespace roofline
