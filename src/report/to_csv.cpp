#include "renderers.hpp"
#include "report/chart/chart_tables.hpp"
#include "shown_table.hpp"
#include "text/printable.hpp"

#include <algorithm>

namespace roofline {
namespace {

// A spreadsheet computes a cell that begins with one of these; after an apostrophe it shows it.
bool is_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos;
}

std::string quoted(const std::string& cell) {
    const std::string text = (is_formula(cell) ? "'" : "") + printable(cell);
    // A runner of GitHub takes a line for a command that begins with two colons.
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    const bool command = std::string_view(text).substr(start).starts_with("::");
    if (!command && text.find_first_of(",\"") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
    return result + "\"";
}

struct CsvText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(double number) const { return exact_number(number); }
    std::string operator()(const Measure& measure) const {
        return exact_number(machine_value(measure));
    }
    std::string operator()(const Label& label) const { return quoted(label.text); }
    std::string operator()(const Share& share) const { return exact_number(share.fraction); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
};

void write_table(const Table& table, const Write& write) {
    std::string line;
    for (const Column& column : table.columns)
        line += (line.empty() ? "" : ",") + quoted(column.key);
    if (table.header) write(line + "\n");
    const NextRow next = table.next;
    for (Row row; next(row);) {
        line.clear();
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) line += ',';
            line += std::visit(CsvText{}, row[i]);
        }
        line += '\n';
        write(line);
    }
}

}  // namespace

void render_csv(const Report& report, const Page& /*page*/, const Write& write) {
    for (const Block& block : report.blocks) {
        if (const auto* table = std::get_if<Table>(&block)) return write_table(*table, write);
        if (const auto* chart = std::get_if<Chart>(&block))
            return write_table(points_of(*chart), write);
    }
}

}  // namespace roofline
