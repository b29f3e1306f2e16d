#include "shown_table.hpp"

#include "humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

namespace roofline {
namespace {

// A text such as "9.0" stands where the numbers of its column do.
bool begins_as_number(const std::string& text) {
    return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
}

struct CellText {
    const Column& column;

    ShownCell operator()(std::monostate) const { return {.text = "–", .right = true}; }
    ShownCell operator()(const std::string& text) const { return {.text = text}; }
    ShownCell operator()(bool flag) const { return {.text = flag ? "yes" : "no"}; }
    ShownCell operator()(double number) const {
        return {.text = humanize_number(number / column.unit, column.digits), .right = true};
    }
    ShownCell operator()(const Measure& measure) const {
        if (measure.value == 0 && measure.dimension.money == 0)
            return {.text = "none", .right = true};
        return {.text = humanize(measure, column.digits), .right = true};
    }
    ShownCell operator()(const Label& label) const {
        return {.text = label.text, .role = label.role};
    }
    ShownCell operator()(const Share& share) const {
        if (!std::isfinite(share.fraction)) return (*this)(std::monostate());
        return {.text = humanize_percent(share.fraction),
                .role = share.role,
                .right = true,
                .bar = share.drawn ? share.fraction : -1};
    }
};

}  // namespace

NextRow rows_of(std::vector<Row> rows) {
    return [rows = std::move(rows), at = std::size_t{0}](Row& row) mutable {
        if (at == rows.size()) return false;
        row = rows[at++];
        return true;
    };
}

ShownTable shown_table(const Table& table, const NextRow& next) {
    constexpr std::size_t page_rows = 1000;
    std::vector<Row> rows;
    for (Row row; rows.size() < page_rows && next(row);) rows.push_back(row);
    ShownTable shown{.title = table.title,
                     .columns = table.columns,
                     .right = {},
                     .rows = std::vector<std::vector<ShownCell>>(rows.size())};
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        bool any_number = false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            shown.rows[i].push_back(std::visit(CellText{table.columns[column]}, rows[i][column]));
            any_number |= shown.rows[i].back().right &&
                          !std::holds_alternative<std::monostate>(rows[i][column]);
        }
        shown.right.push_back(any_number);
        if (any_number)
            for (auto& row : shown.rows) row.back().right |= begins_as_number(row.back().text);
    }
    return shown;
}

std::vector<std::string> notes_of(const Table& table) {
    std::vector<std::string> notes = table.notes;
    if (table.closing)
        for (std::string& note : table.closing()) notes.push_back(std::move(note));
    return notes;
}

std::string exact_number(double number) {
    if (!std::isfinite(number)) return {};
    return formatted("{}", number);
}

ShownBar shown_bar(const Bar& bar) {
    Measure used{0, bar.capacity.dimension};
    std::string parts;
    for (const Segment& segment : bar.segments) {
        used.value += segment.size.value;
        if (segment.size.value == 0) continue;
        if (!parts.empty()) parts += " · ";
        parts += segment.name + " " + humanize(segment.size);
    }
    const double share = used.value / bar.capacity.value;
    const double fraction = std::isfinite(share) ? share : 0;
    const std::string total =
        formatted("{} of {} ({})", humanize(used), humanize(bar.capacity), humanize_percent(share));
    return {.fraction = fraction, .total = total, .parts = parts};
}

std::string assumption_line(const AssumptionNote& note) {
    std::string value;
    if (const auto* number = std::get_if<double>(&note.value.data))
        value = humanize_number(*number);
    if (const auto* measure = std::get_if<Measure>(&note.value.data)) value = humanize(*measure);
    if (const auto* text = std::get_if<std::string>(&note.value.data)) value = *text;
    return formatted("{}{}{} ({})", note.text, value.empty() ? "" : ": ", value, note.source);
}

std::vector<std::string> used_lines(const Report& report) {
    std::vector<std::string> lines;
    for (const AssumptionNote& note : report.assumptions)
        if (note.used) lines.push_back(assumption_line(note));
    return lines;
}

}  // namespace roofline
