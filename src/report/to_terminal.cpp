// The `table` format: what people read in a terminal or a pipe.
#include "format.hpp"
#include "humanize.hpp"
#include "renderers.hpp"
#include "report/chart/chart_terminal.hpp"
#include "shown_table.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "wrapped_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

constexpr int bar_cells = 12;
constexpr int column_gap = 2;

std::string_view escape_of(Role role) {
    constexpr std::array<std::string_view, 9> escapes{"",   "32", "31", "33", "36",
                                                      "35", "34", "1",  "2"};
    return escapes[static_cast<std::size_t>(role)];
}

class Terminal {
  public:
    Terminal(const Page& page, const Write& write) : page_(page), write_(write) {}

    void line(std::string_view text, Role role = Role::plain) {
        write_(painted(text, role) + "\n");
    }

    // Later lines are indented.
    void wrapped(std::string_view text, std::size_t indent, Role role = Role::plain) {
        for (const std::string& text_line : wrapped_lines(fitted(text), page_.width, indent))
            line(text_line, role);
    }

    void table(const Table& source);
    void table_page(ShownTable& shown);
    void bar(const Bar& bar);
    void chart(const Chart& chart);

  private:
    std::string fitted(std::string_view text) const {
        const std::string shown = printable(text);
        return page_.charset == Charset::ascii ? to_ascii(shown) : shown;
    }
    std::string painted(std::string_view text, Role role) const {
        std::string shown = fitted(text);
        if (page_.colour == Colour::off || role == Role::plain) return shown;
        return formatted("\x1b[{}m{}\x1b[0m", escape_of(role), shown);
    }
    std::string drawn_bar(double fraction, int cells) const;
    std::string cell_text(const ShownCell& cell) const {
        return cell.bar < 0 ? fitted(cell.text)
                            : formatted("{} {:>5}", drawn_bar(cell.bar, bar_cells), cell.text);
    }
    std::vector<int> column_widths(const ShownTable& table) const;
    void fit(ShownTable& table, std::vector<int>& widths) const;
    std::string padded(const ShownCell& cell, int width) const;

    const Page& page_;
    const Write& write_;
};

std::string Terminal::drawn_bar(double fraction, int cells) const {
    const double filled = std::clamp(fraction, 0.0, 1.0) * cells;
    const auto whole = static_cast<int>(filled);
    std::string text;
    if (page_.charset == Charset::ascii) {
        text.append(static_cast<std::size_t>(std::lround(filled)), '#');
    } else {
        constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        for (int i = 0; i < whole; ++i) text += "█";
        text += eighths[static_cast<std::size_t>((filled - whole) * 8)];
    }
    const int missing = cells - shown_width(text);
    return text + std::string(static_cast<std::size_t>(std::max(missing, 0)), ' ');
}

std::vector<int> Terminal::column_widths(const ShownTable& table) const {
    std::vector<int> widths;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        int width = shown_width(fitted(table.columns[i].title));
        for (const auto& row : table.rows) width = std::max(width, shown_width(cell_text(row[i])));
        widths.push_back(width);
    }
    return widths;
}

int total_width(const std::vector<int>& widths) {
    int total = 1 - column_gap;
    for (const int width : widths) total += width + column_gap;
    return total;
}

bool is_empty(const ShownTable& table, std::size_t column) {
    return std::ranges::all_of(table.rows, [&](const auto& row) {
        return row[column].text.empty() || row[column].text == "–";
    });
}

void drop_column(ShownTable& table, std::vector<int>& widths, std::size_t column) {
    const auto at = static_cast<std::ptrdiff_t>(column);
    widths.erase(widths.begin() + at);
    table.columns.erase(table.columns.begin() + at);
    table.right.erase(table.right.begin() + at);
    for (auto& row : table.rows) row.erase(row.begin() + at);
}

// Columns that may go, go when they are empty, then from the right; then bars leave their
// percentage alone, the widest text column is shortened, and in the end any column goes.
void Terminal::fit(ShownTable& table, std::vector<int>& widths) const {
    for (std::size_t i = widths.size(); i-- > 0;)
        if (table.columns[i].need != Need::always && is_empty(table, i))
            drop_column(table, widths, i);
    for (std::size_t i = widths.size(); i-- > 0 && total_width(widths) > page_.width;)
        if (table.columns[i].need == Need::if_room) drop_column(table, widths, i);
    if (total_width(widths) > page_.width) {
        for (auto& row : table.rows)
            for (ShownCell& cell : row) cell.bar = -1;
        widths = column_widths(table);
    }
    const int excess = total_width(widths) - page_.width;
    if (excess <= 0) return;
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (!table.right[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    constexpr int narrowest = 8;
    if (widest < widths.size()) widths[widest] = std::max(narrowest, widths[widest] - excess);
    while (total_width(widths) > page_.width && widths.size() > 1)
        drop_column(table, widths, widths.size() - 1);
}

std::string Terminal::padded(const ShownCell& cell, int width) const {
    std::string text = cell_text(cell);
    const bool cut = shown_width(text) > width;
    if (cut) {
        while (shown_width(text) >= width) text.pop_back();
        text += fitted("…");
    }
    const std::string space(static_cast<std::size_t>(std::max(0, width - shown_width(text))), ' ');
    const std::string shown = painted(text, cell.role);
    return cell.right ? space + shown : shown + space;
}

void trim_end(std::string& text) { text.erase(text.find_last_not_of(' ') + 1); }

void Terminal::table(const Table& source) {
    const NextRow next = source.next;
    for (ShownTable page = shown_table(source, next); !page.rows.empty();
         page = shown_table(source, next))
        table_page(page);
    for (const std::string& note : source.notes) wrapped(" " + note, 1, Role::dim);
}

void Terminal::table_page(ShownTable& shown) {
    std::vector<int> widths = column_widths(shown);
    fit(shown, widths);
    if (!shown.title.empty()) line(" " + shown.title, Role::strong);
    std::string header;
    for (std::size_t i = 0; i < widths.size(); ++i)
        header += std::string(i == 0 ? 1 : column_gap, ' ') +
                  padded({.text = shown.columns[i].title, .right = shown.right[i]}, widths[i]);
    trim_end(header);
    if (!header.empty()) line(header, Role::dim);
    for (const auto& row : shown.rows) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i)
            text += std::string(i == 0 ? 1 : column_gap, ' ') + padded(row[i], widths[i]);
        trim_end(text);
        write_(text + "\n");
    }
}

void Terminal::bar(const Bar& bar) {
    const ShownBar shown = shown_bar(bar);
    constexpr double nearly_full = 0.9;
    const Role role = shown.fraction > 1             ? Role::bad
                      : shown.fraction > nearly_full ? Role::warning
                                                     : Role::good;
    constexpr int widest = 20;
    constexpr int narrowest = 4;
    const int room = page_.width - shown_width(bar.name) - shown_width(shown.total) - 6;
    const int cells = std::min(room, widest);
    const std::string picture =
        cells < narrowest
            ? std::string()
            : fitted("▕") + painted(drawn_bar(shown.fraction, cells), role) + fitted("▏") + " ";
    if (picture.empty())
        wrapped(formatted(" {}  {}", bar.name, shown.total), 3);
    else
        write_(formatted(" {}  {}{}\n", fitted(bar.name), picture, fitted(shown.total)));
    wrapped(formatted("   {}{}{}", shown.parts, bar.note.empty() ? "" : " → ", bar.note), 3);
}

void Terminal::chart(const Chart& chart) {
    if (!chart.title.empty()) wrapped(" " + chart.title, 1, Role::strong);
    const Drawing drawing = drawing_of(chart, page_);
    for (const DrawnLine& drawn : drawing.lines) {
        std::string text;
        for (const Span& span : drawn) text += painted(span.text, span.role);
        write_(text + "\n");
    }
    table(drawing.legend);
    if (!chart.footnote.empty()) wrapped(" " + chart.footnote, 1, Role::dim);
}

void write_derivations(Terminal& terminal, const Report& report) {
    if (report.derivations.empty()) return;
    terminal.line("");
    terminal.line(" How it was worked out", Role::strong);
    for (const Derivation& step : report.derivations) {
        terminal.wrapped(formatted(" {} = {}", step.path, step.formula), 5);
        terminal.wrapped(formatted("   = {}", step.numbers), 5);
        terminal.wrapped(formatted("   [{}]", step.source), 5, Role::dim);
    }
}

}  // namespace

void render_terminal(const Report& report, const Page& page, const Write& write) {
    Terminal terminal(page, write);
    terminal.wrapped(report.verdict, 0, Role::strong);
    for (const Block& block : report.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table != nullptr && table->audience == Audience::machines) continue;
        terminal.line("");
        if (table != nullptr) terminal.table(*table);
        if (const auto* bar = std::get_if<Bar>(&block)) terminal.bar(*bar);
        if (const auto* chart = std::get_if<Chart>(&block)) terminal.chart(*chart);
        if (const auto* text = std::get_if<Text>(&block))
            for (const std::string& line : text->lines) terminal.wrapped(" " + line, 3);
    }
    write_derivations(terminal, report);
    if (report.assumptions.empty()) return;
    terminal.line("");
    for (const AssumptionNote& note : report.assumptions)
        terminal.wrapped(" * " + assumption_line(note), 3, Role::dim);
}

}  // namespace roofline
