#include "humanize.hpp"
#include "renderers.hpp"
#include "report/chart/chart_terminal.hpp"
#include "shown_table.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

namespace roofline {
namespace {

// A bracket alone is no markup; followed by an address it is a link.
std::string escaped(std::string_view text) {
    const std::string_view marks = text.find("](") == std::string_view::npos ? "|<\\`*" : "|<\\`*[";
    std::string result;
    for (const char c : printable(text)) {
        if (marks.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

void write_page(const ShownTable& shown, const Write& write) {
    std::string header = "|";
    std::string rule = "|";
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
        header += formatted(" {} |", escaped(shown.columns[i].title));
        rule += shown.right[i] ? "---:|" : "---|";
    }
    write(header + "\n" + rule + "\n");
    for (const auto& row : shown.rows) {
        std::string line = "|";
        for (const ShownCell& cell : row) line += formatted(" {} |", escaped(cell.text));
        write(line + "\n");
    }
}

void write_table(const Table& table, const Write& write) {
    if (!table.title.empty()) write(formatted("**{}**\n\n", escaped(table.title)));
    const NextRow next = table.next;
    ShownTable page = shown_table(table, next);
    do {
        write_page(page, write);
        page = shown_table(table, next);
        if (!page.rows.empty()) write("\n");
    } while (!page.rows.empty());
    for (const std::string& note : table.notes) write(formatted("\n{}\n", escaped(note)));
}

// A fence that no line of the drawing can close: lines of it begin with a space.
void write_chart(const Chart& chart, const Page& page, const Write& write) {
    if (!chart.title.empty()) write(formatted("**{}**\n\n", escaped(chart.title)));
    const Drawing drawing = drawing_of(chart, page);
    write("```text\n");
    for (const DrawnLine& line : drawing.lines) {
        for (const Span& span : line) write(span.text);
        write("\n");
    }
    write("```\n\n");
    write_table(drawing.legend, write);
    if (!chart.footnote.empty()) write(formatted("\n{}\n", escaped(chart.footnote)));
}

void write_block(const Block& block, const Page& page, const Write& write) {
    if (const auto* chart = std::get_if<Chart>(&block)) write_chart(*chart, page, write);
    if (const auto* table = std::get_if<Table>(&block)) write_table(*table, write);
    if (const auto* text = std::get_if<Text>(&block))
        for (const std::string& line : text->lines) write(escaped(line) + "  \n");
    if (const auto* bar = std::get_if<Bar>(&block)) {
        const ShownBar shown = shown_bar(*bar);
        write(formatted("{}: {} — {}{}{}\n", escaped(bar->name), shown.total, escaped(shown.parts),
                        bar->note.empty() ? "" : " → ", escaped(bar->note)));
    }
}

}  // namespace

void render_markdown(const Report& report, const Page& page, const Write& write) {
    if (!report.marker.empty()) write(formatted("<!-- {} -->\n", report.marker));
    write(formatted("**{}**\n", escaped(report.verdict)));
    for (const Block& block : report.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table != nullptr && table->audience == Audience::machines) continue;
        write("\n");
        write_block(block, page, write);
    }
    for (const Derivation& step : report.derivations)
        write(formatted("\n- `{}` = {} = {} ({})\n", step.path, escaped(step.formula),
                        escaped(step.numbers), escaped(step.source)));
    if (!report.assumptions.empty()) write("\n");
    for (const AssumptionNote& note : report.assumptions)
        write(formatted("- {}\n", escaped(assumption_line(note))));
    for (const WarningNote& warning : report.warnings)
        write(formatted("\n> {}: {}\n", warning.code, escaped(warning.message)));
}

}  // namespace roofline
