#include "csv.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"
#include "units/split_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace roofline {

namespace {

bool is_printable(std::string_view text) {
    return text.size() < 64 &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool ends_line(std::string_view text, std::size_t at) {
    return at == text.size() || text[at] == '\n';
}

}  // namespace

// A lone carriage return would join two cells or lines that an editor shows apart.
void CsvTable::refuse_lone_return() const {
    fail("a carriage return stands inside a line", "end lines with a newline");
}

CsvTable::CsvTable(Source source) : source_(std::move(source)) {
    line_ = 1;
    if (source_.text.find('\0') != std::string::npos)
        fail("it holds a NUL byte: this is no text", "is it UTF-16 without a byte-order mark?");
    read_record(columns_);
    asked_.resize(columns_.size());
    refuse_duplicates();
}

// Columns without a name, which spreadsheets leave at the end, cannot be asked for.
void CsvTable::refuse_duplicates() const {
    std::vector<std::string_view> sorted(columns_.begin(), columns_.end());
    std::erase(sorted, "");
    std::ranges::sort(sorted);
    const auto same = std::ranges::adjacent_find(sorted);
    if (same != sorted.end())
        fail(formatted("column '{}' is named twice", *same), "leave one of them out");
}

std::vector<std::string> CsvTable::unread_columns() const {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (!asked_[i]) result.push_back(columns_[i]);
    return result;
}

void CsvTable::fail(std::string message, std::string hint) const {
    throw UserError({.code = ErrorCode::bad_table,
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .where = {.file = source_.name, .line = line_}});
}

// One record; a cell in quotes may hold commas, doubled quotes and line ends.
bool CsvTable::read_record(std::vector<std::string>& cells) {
    const std::string& text = source_.text;
    cells.clear();
    if (at_ >= text.size()) return false;
    line_ = next_line_;
    std::string cell;
    bool quoted = false;
    for (; at_ < text.size(); ++at_) {
        const char c = text[at_];
        if (c == '\n') ++next_line_;
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (at_ + 1 < text.size() && text[at_ + 1] == '"') {
                cell += '"';
                ++at_;
            } else {
                quoted = false;
            }
        } else if (c == '"' && cell.empty()) {
            quoted = true;
        } else if (c == ',') {
            cells.push_back(std::move(cell));
            cell.clear();
        } else if (c == '\n') {
            ++at_;
            break;
        } else if (c != '\r' || !ends_line(text, at_ + 1)) {
            if (c == '\r') refuse_lone_return();
            cell += c;
        }
    }
    if (quoted) fail("a quote is not closed");
    cells.push_back(std::move(cell));
    return true;
}

void CsvTable::require_columns(std::initializer_list<std::string_view> names) const {
    for (const char other : {';', '\t', '|'})
        if (columns_.size() == 1 && columns_[0].find(other) != std::string::npos)
            fail(formatted("cells are separated by '{}'",
                           other == '\t' ? "tab" : std::string(1, other)),
                 "they must be separated by ','");
    for (const std::string_view name : names) {
        if (std::ranges::find(columns_, name) != columns_.end()) continue;
        std::vector<std::string_view> known;
        for (const std::string& column : columns_)
            if (is_printable(column)) known.emplace_back(column);
        const std::string meant = did_you_mean(suggest(name, known));
        fail(formatted("column '{}' is missing", name),
             meant.empty() ? "there are " + joined(known, ", ") : meant);
    }
}

bool CsvTable::next() {
    do {
        if (!read_record(cells_)) return false;
    } while (cells_.size() == 1 && cells_[0].empty());
    if (cells_.size() != columns_.size())
        fail(
            formatted("{} cells, but the header names {} columns", cells_.size(), columns_.size()));
    return true;
}

std::optional<std::string_view> CsvTable::text(std::string_view column) const {
    const auto found = std::ranges::find(columns_, column);
    if (found == columns_.end()) return std::nullopt;
    const auto place = static_cast<std::size_t>(found - columns_.begin());
    asked_[place] = true;
    const std::string& cell = cells_[place];
    return cell.empty() ? std::nullopt : std::optional<std::string_view>(cell);
}

std::optional<double> CsvTable::number(std::string_view column) const {
    const auto cell = text(column);
    if (!cell) return std::nullopt;
    double number = 0;
    const char* end = cell->data() + cell->size();
    const auto result = std::from_chars(cell->data(), end, number);
    const bool read = result.ec == std::errc() && result.ptr == end;
    if (!read || !std::isfinite(number) || number < 0)
        fail(formatted("{}: '{}' is no number from 0 up", column, *cell));
    constexpr double largest = 1e12;
    if (number > largest) fail(formatted("{}: {} is too large to be meant", column, *cell));
    if (number > 0 && !units::is_computable(number))
        fail(formatted("{}: {} is too small to be meant", column, *cell));
    return number;
}

}  // namespace roofline
