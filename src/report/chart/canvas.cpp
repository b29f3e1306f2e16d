#include "canvas.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace roofline {
namespace {

// U+2800 and the bits of Unicode's numbering of dots: 1 2 3 7 down the left, 4 5 6 8 down the
// right.
std::string braille(unsigned mask) {
    constexpr std::array<unsigned, 8> bits{0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80};
    unsigned pattern = 0;
    for (std::size_t i = 0; i < bits.size(); ++i)
        if ((mask >> i & 1U) != 0) pattern |= bits[i];
    return {'\xE2', static_cast<char>(0xA0 + (pattern >> 6U)),
            static_cast<char>(0x80 + (pattern & 0x3FU))};
}

// A flat stroke stands high, in the middle or low; a steep one leans to a side.
std::string_view ascii(unsigned mask) {
    const unsigned left = mask & 0xFU;
    const unsigned right = mask >> 4U;
    const unsigned both = left | right;
    const bool steep = std::popcount(both) >= 3;
    if (!steep) {
        if ((both & ~0x1U) == 0) return "'";
        return (both & ~0xCU) == 0 ? "." : "-";
    }
    if (left == 0 || right == 0) return "|";
    // The lowest bit is the highest dot.
    const int lean = std::countr_zero(left) - std::countr_zero(right);
    return lean > 0 ? "/" : lean < 0 ? "\\" : "|";
}

}  // namespace

Canvas::Canvas(int columns, int rows)
    : columns_(columns), rows_(rows), cells_(static_cast<std::size_t>(columns * rows)) {}

void Canvas::put(int column, int row, std::string_view character, Role role) {
    if (!is_inside(column, row)) return;
    cells_[cell_index(column, row, columns_)] = {std::string(character), role};
}

void Canvas::write(int column, int row, std::string_view text, Role role) {
    for (std::size_t i = 0; i < text.size(); ++i)
        put(column + static_cast<int>(i), row, text.substr(i, 1), role);
}

bool Canvas::is_empty(int column, int row) const {
    return !is_inside(column, row) || at(column, row).text.empty();
}

bool Canvas::has_room(int column, int row, int length) const {
    if (column < 0 || column + length > columns_) return false;
    for (int i = column - 1; i <= column + length; ++i)
        if (!is_empty(i, row)) return false;
    return true;
}

std::vector<DrawnLine> Canvas::lines() const {
    std::vector<DrawnLine> lines;
    for (int row = 0; row < rows_; ++row) {
        int end = columns_;
        while (end > 0 && is_empty(end - 1, row)) --end;
        DrawnLine line;
        for (int column = 0; column < end; ++column) {
            const Cell& cell = at(column, row);
            if (line.empty() || line.back().role != cell.role) line.push_back({"", cell.role});
            line.back().text += cell.text.empty() ? " " : cell.text;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

Dots::Dots(int columns, int rows)
    : columns_(columns), rows_(rows), cells_(static_cast<std::size_t>(columns * rows)) {}

void Dots::set(int x, int y, Role role) {
    if (x < 0 || x >= across() || y < 0 || y >= down()) return;
    Cell& cell = cells_[cell_index(x / dots_across, y / dots_down, columns_)];
    cell.mask |= 1U << static_cast<unsigned>(x % dots_across * dots_down + y % dots_down);
    cell.role = role;
}

void Dots::line(int x0, int y0, int x1, int y1, Role role) {
    const int steps = std::max({std::abs(x1 - x0), std::abs(y1 - y0), 1});
    for (int i = 0; i <= steps; ++i) {
        const double share = static_cast<double>(i) / steps;
        set(static_cast<int>(std::lround(x0 + share * (x1 - x0))),
            static_cast<int>(std::lround(y0 + share * (y1 - y0))), role);
    }
}

void Dots::draw_on(Canvas& canvas, int column, int row, Charset charset) const {
    for (int y = 0; y < rows_; ++y)
        for (int x = 0; x < columns_; ++x) {
            const Cell& cell = cells_[cell_index(x, y, columns_)];
            if (cell.mask == 0) continue;
            if (charset == Charset::ascii)
                canvas.put(column + x, row + y, ascii(cell.mask), cell.role);
            else
                canvas.put(column + x, row + y, braille(cell.mask), cell.role);
        }
}

}  // namespace roofline
