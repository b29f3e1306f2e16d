// What a command answers: a verdict, the answer as data, and blocks for people. A command builds a
// Report and knows no format; a format renders any Report and knows no command.
#pragma once

#include "error/warning.hpp"
#include "report/chart/chart.hpp"
#include "role.hpp"
#include "value.hpp"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace roofline {

struct Label {
    std::string text;
    Role role = Role::plain;
};

/// A fraction of a whole, drawn as bar and percentage.
struct Share {
    double fraction = 0;
    Role role = Role::plain;
    bool drawn = true;  ///< else the percentage stands alone
};

/// An empty cell is an unknown value, never zero.
using Cell = std::variant<std::monostate, std::string, double, Measure, Label, Share, bool>;
using Row = std::vector<Cell>;

/// Which columns are left out where the page is narrow, and which when nothing stands in them. What
/// the question names is the last to go.
enum class Need { asked, always, if_filled, if_room };

struct Column {
    std::string title;
    std::string key;  ///< header in CSV; numbers there are base units, so it names the unit
    int digits = 3;   ///< significant digits for people
    Need need = Need::always;
    double unit = 1;  ///< numbers are shown to people in this many; the title names it
};

/// Fills the next row and says whether there was one, so that a table can be endless.
using NextRow = std::function<bool(Row&)>;

/// Whether people see a table, or only those who ask for CSV because a text says it better.
enum class Audience { everyone, machines };

/// Rows that people see as one: those from `first` on.
struct FoldedRows {
    std::size_t first = 0;
    Row as;
};

struct Table {
    std::string title;
    std::vector<Column> columns;
    NextRow next;
    std::vector<std::string> notes = {};  ///< lines under the table
    Audience audience = Audience::everyone;
    /// A member of the result that lists the rows, for formats that hold a whole document. Empty:
    /// the result says it already.
    std::string list = {};
    bool header = true;                   ///< off for the parts of a stream after its first
    std::optional<FoldedRows> fold = {};  ///< unless --why asks for all
    /// Further lines under the table, of rows that are known when all were written.
    std::function<std::vector<std::string>()> closing = {};
};

/// Rows that are known beforehand.
NextRow rows_of(std::vector<Row> rows);

struct Segment {
    std::string name;
    Measure size;
};

/// How full something is, and of what.
struct Bar {
    std::string name;
    std::vector<Segment> segments;
    Measure capacity;
    std::string note;  ///< after the segments, e.g. "batch ≤ 109"
};

struct Text {
    std::vector<std::string> lines;
};

/// A line for a shell to run, and what it is good for.
struct TypedCommand {
    std::string why;
    std::string line;
};

using Block = std::variant<Table, Bar, Text, Chart, TypedCommand>;

/// A number that was not given but used: what, how much, and on whose word.
struct AssumptionNote {
    std::string id;
    std::string text;
    Value value;
    std::string source;
    bool used = false;  ///< a file or a day beside the question: what CI reads of a run names it
    std::string brief =
        {};  ///< names it where all are folded into a line: "price Lambda 2026-09-25"
    bool prominent = false;  ///< stands on the page by itself: not what is usual
};

/// How one figure of the result came about.
struct Derivation {
    std::string path;     ///< where in the result it stands
    std::string formula;  ///< in names
    std::string numbers;  ///< the same with numbers put in, and the value
    std::string source;   ///< where the formula or the numbers come from
};

struct Report {
    std::string command;
    std::string verdict;
    Record inputs;
    Record result;
    std::vector<Block> blocks;
    std::vector<Derivation> derivations;
    std::vector<AssumptionNote> assumptions;
    std::vector<WarningNote> warnings;
    /// A name hidden in Markdown, by which a comment on a pull request is found and replaced.
    std::string marker = {};
};

/// What a run used beside its question, a line each.
std::vector<std::string> used_lines(const Report& report);

}  // namespace roofline
