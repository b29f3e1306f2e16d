#include "humanize.hpp"
#include "renderers.hpp"
#include "report/chart/chart_terminal.hpp"
#include "shown_table.hpp"
#include "text/formatted.hpp"
#include "text/markdown_text.hpp"
#include "text/printable.hpp"

namespace roofline {
namespace {

// In a comment what is broken stands out.
enum class Emphasis { none, strong };

void write_page(const ShownTable& shown, Emphasis emphasis, const Write& write) {
    std::string header = "|";
    std::string rule = "|";
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
        header += formatted(" {} |", markdown(shown.columns[i].title));
        rule += shown.right[i] ? "---:|" : "---|";
    }
    write(header + "\n" + rule + "\n");
    for (const auto& row : shown.rows) {
        std::string line = "|";
        for (const ShownCell& cell : row) {
            const bool strong =
                emphasis == Emphasis::strong && cell.role == Role::strong && !cell.text.empty();
            const std::string_view mark = strong ? "**" : "";
            line += formatted(" {0}{1}{0} |", mark, markdown(cell.text));
        }
        write(line + "\n");
    }
}

void write_table(const Table& table, Emphasis emphasis, const Write& write) {
    if (!table.title.empty()) write(formatted("**{}**\n\n", markdown(table.title)));
    const NextRow next = table.next;
    ShownTable page = shown_table(table, next);
    do {
        write_page(page, emphasis, write);
        page = shown_table(table, next);
        if (!page.rows.empty()) write("\n");
    } while (!page.rows.empty());
    for (const std::string& note : notes_of(table)) write(formatted("\n{}\n", markdown_line(note)));
}

void write_chart(const Chart& chart, const Page& page, const Write& write) {
    if (!chart.title.empty()) write(formatted("**{}**\n\n", markdown(chart.title)));
    const Drawing drawing = drawing_of(chart, page);
    std::string text;
    for (const DrawnLine& line : drawing.lines) {
        for (const Span& span : line) text += printable(span.text);
        text += '\n';
    }
    const std::string fence = fence_around(text);
    write(formatted("{}text\n{}{}\n\n", fence, text, fence));
    write_table(drawing.legend, Emphasis::none, write);
    if (!chart.footnote.empty()) write(formatted("\n{}\n", markdown_line(chart.footnote)));
}

void write_command(const TypedCommand& command, const Write& write) {
    if (!command.why.empty()) write(markdown_line(command.why) + "\n\n");
    const std::string text = printable(command.line) + "\n";
    const std::string fence = fence_around(text);
    write(formatted("{}sh\n{}{}\n", fence, text, fence));
}

void write_block(const Block& block, const Page& page, Emphasis emphasis, const Write& write) {
    if (const auto* chart = std::get_if<Chart>(&block)) write_chart(*chart, page, write);
    if (const auto* table = std::get_if<Table>(&block)) write_table(*table, emphasis, write);
    if (const auto* text = std::get_if<Text>(&block))
        for (const std::string& line : text->lines) write(markdown_line(line) + "  \n");
    if (const auto* command = std::get_if<TypedCommand>(&block)) write_command(*command, write);
    if (const auto* bar = std::get_if<Bar>(&block)) {
        const ShownBar shown = shown_bar(*bar);
        write(formatted("{}: {} — {}{}{}\n", markdown_line(bar->name), shown.total,
                        markdown(shown.parts), bar->note.empty() ? "" : " → ",
                        markdown(bar->note)));
    }
}

// Folded: who reads a comment or an issue wants the answer first.
void write_evidence(const Report& report, const Write& write) {
    if (report.derivations.empty() && report.assumptions.empty()) return;
    write("\n<details><summary>What this rests on</summary>\n");
    for (const Derivation& step : report.derivations)
        write(formatted("\n- {} = {} = {} ({})\n", markdown_code(step.path), markdown(step.formula),
                        markdown(step.numbers), markdown(step.source)));
    if (!report.assumptions.empty()) write("\n");
    for (const AssumptionNote& note : report.assumptions)
        write(formatted("- {}\n", markdown(assumption_line(note))));
    write("\n</details>\n");
}

}  // namespace

void render_markdown(const Report& report, const Page& page, const Write& write) {
    const bool comment = !report.marker.empty();
    if (comment) write(formatted("<!-- {} -->\n", report.marker));
    write(formatted("{0}{1}{2}\n", comment ? "### " : "**", markdown(report.verdict),
                    comment ? "" : "**"));
    for (const Block& block : report.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table != nullptr && table->audience == Audience::machines) continue;
        write("\n");
        write_block(block, page, comment ? Emphasis::strong : Emphasis::none, write);
    }
    write_evidence(report, write);
    for (const WarningNote& warning : report.warnings)
        write(formatted("\n> {}: {}\n", warning.code, markdown(warning.message)));
}

}  // namespace roofline
