#include "terminal_table.hpp"

#include "report/humanize.hpp"
#include "report/shown_table.hpp"
#include "table_layout.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr int least_bar = 12;
constexpr int longest_bar = 45;

// Columns that were left out on any page.
void add_missing(const std::vector<std::string>& more, std::vector<std::string>& all) {
    for (const std::string& one : more)
        if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

class TableDrawing {
  public:
    explicit TableDrawing(const Painter& painter) : painter_(painter) {}

    void page(ShownTable& shown);
    /// What the rows above have in common, before others that have not.
    void say_constant() const {
        if (!hidden_.constant.empty())
            painter_.wrapped(" every row: " + joined(hidden_.constant, " · "), 1, Role::dim);
    }
    HiddenColumns take() { return std::move(hidden_); }

  private:
    std::string cell_text(const ShownCell& cell) const {
        if (cell.bar < 0) return painter_.fitted(cell.text);
        return formatted("{:>5} {}", cell.text, painter_.bar(cell.bar / longest_, bar_));
    }
    std::string padded(const ShownCell& cell, int width) const;
    std::string drawn(const std::vector<ShownCell>& cells, const std::vector<int>& widths) const;
    void fill(const ShownTable& shown, std::vector<int>& widths);

    const Painter& painter_;
    int bar_ = least_bar;
    double longest_ = 1;  ///< the fraction that fills it
    HiddenColumns hidden_;
};

std::string TableDrawing::padded(const ShownCell& cell, int width) const {
    std::string text = cell_text(cell);
    const bool cut = shown_width(text) > width;
    if (cut) {
        while (shown_width(text) >= width) text.pop_back();
        text += painter_.fitted("…");
    }
    const std::string space(static_cast<std::size_t>(std::max(0, width - shown_width(text))), ' ');
    const std::string shown = painter_.painted(text, cell.role);
    return cell.right && cell.bar < 0 ? space + shown : shown + space;
}

std::string TableDrawing::drawn(const std::vector<ShownCell>& cells,
                                const std::vector<int>& widths) const {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i)
        text += std::string(i == 0 ? 1 : column_gap, ' ') + padded(cells[i], widths[i]);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

double longest_bar_of(const ShownTable& shown) {
    double longest = 0;
    for (const auto& row : shown.rows)
        for (const ShownCell& cell : row) longest = std::max(longest, cell.bar);
    return longest > 0 ? std::min(longest, 1.0) : 1;
}

bool has_bar(const ShownTable& shown, std::size_t column) {
    return std::ranges::any_of(shown.rows, [&](const auto& row) { return row[column].bar >= 0; });
}

// Bars share what room is left on a line.
void TableDrawing::fill(const ShownTable& shown, std::vector<int>& widths) {
    std::vector<std::size_t> barred;
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (has_bar(shown, i)) barred.push_back(i);
    const int room = painter_.page().width - line_width(widths);
    if (barred.empty() || room <= 0) return;
    bar_ = std::min(least_bar + room / static_cast<int>(barred.size()), longest_bar);
    for (const std::size_t i : barred) widths[i] += bar_ - least_bar;
}

void TableDrawing::page(ShownTable& shown) {
    bar_ = least_bar;
    longest_ = longest_bar_of(shown);
    const auto width_of = [&](const ShownCell& cell) { return shown_width(cell_text(cell)); };
    auto [widths, hidden] = fit(shown, painter_.page().width, width_of);
    if (hidden.constant != hidden_.constant) say_constant();
    hidden_.constant = std::move(hidden.constant);
    add_missing(hidden.dropped, hidden_.dropped);
    hidden_.full_width = std::max(hidden_.full_width, hidden.full_width);
    fill(shown, widths);
    std::vector<ShownCell> header;
    for (std::size_t i = 0; i < widths.size(); ++i)
        header.push_back(
            {.text = shown.columns[i].title, .right = shown.right[i] && !has_bar(shown, i)});
    if (!shown.title.empty()) painter_.line(" " + shown.title, Role::strong);
    const std::string titles = drawn(header, widths);
    if (!titles.empty()) painter_.line(titles, Role::dim);
    for (const auto& row : shown.rows) painter_.raw(drawn(row, widths) + "\n");
}

NextRow folded(const Table& table) {
    return [fold = *table.fold, next = table.next, at = std::size_t{0}](Row& row) mutable {
        if (at > fold.first) return false;
        if (at++ < fold.first) return next(row);
        row = fold.as;
        return true;
    };
}

}  // namespace

HiddenColumns draw_table(const Painter& painter, const Table& table) {
    const bool folds = table.fold && !painter.page().why;
    const NextRow next = folds ? folded(table) : table.next;
    TableDrawing drawing(painter);
    for (ShownTable page = shown_table(table, next); !page.rows.empty();
         page = shown_table(table, next))
        drawing.page(page);
    drawing.say_constant();
    for (const std::string& note : notes_of(table)) painter.wrapped(" " + note, 1, Role::dim);
    return drawing.take();
}

}  // namespace roofline
