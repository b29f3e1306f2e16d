// A rectangle of character cells to draw in, and dots that are finer than cells.
#pragma once

#include "report/format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// Text of one role.
struct Span {
    std::string text;
    Role role = Role::plain;
};
using DrawnLine = std::vector<Span>;

inline std::size_t cell_index(int column, int row, int columns) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
}

/// Cells count from the top left. What lies outside is not drawn.
class Canvas {
  public:
    Canvas(int columns, int rows);

    int columns() const { return columns_; }
    int rows() const { return rows_; }

    /// One character of UTF-8.
    void put(int column, int row, std::string_view character, Role role = Role::plain);
    /// ASCII, one character a cell.
    void write(int column, int row, std::string_view text, Role role = Role::plain);
    /// Whether `length` cells are empty, and the one before and after them.
    bool has_room(int column, int row, int length) const;
    bool is_empty(int column, int row) const;

    /// Without spaces at the ends of lines.
    std::vector<DrawnLine> lines() const;

  private:
    struct Cell {
        std::string text;  ///< empty: a space
        Role role = Role::plain;
    };
    bool is_inside(int column, int row) const {
        return column >= 0 && column < columns_ && row >= 0 && row < rows_;
    }
    const Cell& at(int column, int row) const { return cells_[cell_index(column, row, columns_)]; }

    int columns_;
    int rows_;
    std::vector<Cell> cells_;
};

/// Dots that a cell holds: 2 beside each other, 4 one over the other.
inline constexpr int dots_across = 2;
inline constexpr int dots_down = 4;

/// Dots count from the top left. What lies outside is not drawn.
class Dots {
  public:
    Dots(int columns, int rows);

    int across() const { return columns_ * dots_across; }
    int down() const { return rows_ * dots_down; }

    /// The role of a cell is that of the dot that was set last.
    void set(int x, int y, Role role);
    void line(int x0, int y0, int x1, int y1, Role role);

    /// Lays cells with dots over `canvas`: braille, or ASCII characters of a similar shape.
    void draw_on(Canvas& canvas, int column, int row, Charset charset) const;

  private:
    struct Cell {
        unsigned mask = 0;  ///< bit 4·x + y for the dot at x, y
        Role role = Role::plain;
    };

    int columns_;
    int rows_;
    std::vector<Cell> cells_;
};

}  // namespace roofline
