// The `table` format: what people read in a terminal or a pipe.
#include "painter.hpp"
#include "report/chart/chart_terminal.hpp"
#include "report/command_lines.hpp"
#include "report/humanize.hpp"
#include "report/renderers.hpp"
#include "report/shown_table.hpp"
#include "terminal_table.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

void draw_bar(const Painter& painter, const Bar& bar) {
    const ShownBar shown = shown_bar(bar);
    constexpr double nearly_full = 0.9;
    const Role role = shown.fraction > 1             ? Role::bad
                      : shown.fraction > nearly_full ? Role::warning
                                                     : Role::good;
    constexpr int widest = 45;
    constexpr int narrowest = 4;
    const int room = painter.page().width - shown_width(bar.name) - shown_width(shown.total) - 6;
    const int cells = std::min(room, widest);
    const std::string picture =
        cells < narrowest
            ? std::string()
            : painter.fitted("▕") + painter.painted(painter.bar(shown.fraction, cells), role) +
                  painter.fitted("▏") + " ";
    if (picture.empty())
        painter.wrapped(formatted(" {}  {}", bar.name, shown.total), 3);
    else
        painter.raw(formatted(" {}  {}{}\n", painter.fitted(bar.name), picture,
                              painter.fitted(shown.total)));
    painter.wrapped(formatted("   {}{}{}", shown.parts, bar.note.empty() ? "" : " → ", bar.note),
                    3);
}

void draw_chart(const Painter& painter, const Chart& chart) {
    if (!chart.title.empty()) painter.wrapped(" " + chart.title, 1, Role::strong);
    const Drawing drawing = drawing_of(chart, painter.page());
    for (const DrawnLine& drawn : drawing.lines) {
        std::string text;
        for (const Span& span : drawn) text += painter.painted(span.text, span.role);
        painter.raw(text + "\n");
    }
    draw_table(painter, drawing.legend);
    if (!chart.footnote.empty()) painter.wrapped(" " + chart.footnote, 1, Role::dim);
}

// A command stands on lines of its own, and so can be pasted.
void draw_command(const Painter& painter, const TypedCommand& command) {
    if (!command.why.empty()) painter.wrapped(" " + command.why, 1);
    for (const std::string& line : command_lines(command.line, painter.page().width, 2))
        painter.line(line);
}

// What the tables of a page had no room for.
struct Hidden {
    std::vector<std::string> columns;
    int width = 0;

    void add(const HiddenColumns& more) {
        if (more.dropped.empty()) return;
        for (const std::string& one : more.dropped)
            if (std::ranges::find(columns, one) == columns.end()) columns.push_back(one);
        width = std::max(width, more.full_width);
    }
};

struct Draw {
    const Painter& painter;
    Hidden& hidden;

    void operator()(const Table& table) const { hidden.add(draw_table(painter, table)); }
    void operator()(const Bar& bar) const { draw_bar(painter, bar); }
    void operator()(const Chart& chart) const { draw_chart(painter, chart); }
    void operator()(const TypedCommand& command) const { draw_command(painter, command); }
    void operator()(const Text& text) const {
        for (const std::string& line : text.lines) painter.wrapped(" " + line, 3);
    }
};

void draw_derivations(const Painter& painter, const Report& report) {
    if (report.derivations.empty()) return;
    painter.line("");
    painter.line(" How it was worked out", Role::strong);
    for (const Derivation& step : report.derivations) {
        painter.wrapped(formatted(" {} = {}", step.path, step.formula), 5);
        painter.wrapped(formatted("   = {}", step.numbers), 5);
        painter.wrapped(formatted("   [{}]", step.source), 5, Role::dim);
    }
}

void draw_prominent(const Painter& painter, const std::vector<AssumptionNote>& notes) {
    for (const AssumptionNote& note : notes)
        if (painter.page().why || note.prominent || note.used)
            painter.wrapped(" * " + assumption_line(note), 3, Role::dim);
}

std::string hidden_words(const Hidden& hidden) {
    const std::size_t count = hidden.columns.size();
    if (count == 0) return {};
    return formatted("{} more column{} with --width {}: {}", count, count == 1 ? "" : "s",
                     hidden.width, joined(hidden.columns, ", "));
}

// What is usual is counted and named in short; all of it stands above with --why.
std::string folded_words(const std::vector<AssumptionNote>& notes) {
    std::size_t count = 0;
    std::string brief;
    for (const AssumptionNote& note : notes) {
        if (note.prominent || note.used) continue;
        ++count;
        if (!note.brief.empty() && brief.find(note.brief) == std::string::npos)
            brief += " · " + note.brief;
    }
    if (count == 0) return {};
    return formatted("rests on {} assumption{} (--why){}", count, count == 1 ? "" : "s", brief);
}

// The page's last lines: what it does not show.
void draw_footer(const Painter& painter, const Report& report, const Hidden& hidden) {
    std::vector<std::string> words{hidden_words(hidden)};
    if (!painter.page().why) words.push_back(folded_words(report.assumptions));
    std::erase(words, std::string());
    if (!report.assumptions.empty() || !words.empty()) painter.line("");
    draw_prominent(painter, report.assumptions);
    if (!words.empty()) painter.wrapped(" " + joined(words, " · "), 1, Role::dim);
}

// Without a line between: words right below the verdict, and a bar below words.
bool follows(const Block* before, const Block& block) {
    if (before == nullptr) return std::holds_alternative<Text>(block);
    return std::holds_alternative<Text>(*before) && std::holds_alternative<Bar>(block);
}

}  // namespace

void render_terminal(const Report& report, const Page& page, const Write& write) {
    const Painter painter(page, write);
    painter.wrapped(report.verdict, 0, Role::strong);
    Hidden hidden;
    const Block* before = nullptr;
    for (const Block& block : report.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table != nullptr && table->audience == Audience::machines) continue;
        if (!follows(before, block)) painter.line("");
        std::visit(Draw{painter, hidden}, block);
        before = &block;
    }
    draw_derivations(painter, report);
    draw_footer(painter, report, hidden);
}

}  // namespace roofline
