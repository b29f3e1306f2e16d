#include "report/chart/canvas.hpp"

#include "catch.hpp"

namespace canvas_test {

using namespace roofline;

namespace {

/// Its lines without roles, each followed by a line break.
std::string text_of_canvas(const Canvas& canvas) {
    std::string text;
    for (const DrawnLine& line : canvas.lines()) {
        for (const Span& span : line) text += span.text;
        text += '\n';
    }
    return text;
}

/// What one row of cells shows of dots.
std::string drawn(const Dots& dots, Charset charset = Charset::unicode) {
    Canvas canvas(dots.across() / dots_across, dots.down() / dots_down);
    dots.draw_on(canvas, 0, 0, charset);
    return text_of_canvas(canvas);
}

/// The ASCII character for dots of one cell, as columns and rows: {0, 3} is the lowest left one.
std::string ascii_of(const std::vector<std::pair<int, int>>& places) {
    Dots dots(1, 1);
    for (const auto& [x, y] : places) dots.set(x, y, Role::plain);
    return drawn(dots, Charset::ascii);
}

}  // namespace

TEST_CASE("a canvas has lines without spaces at their ends, what lies outside is not drawn") {
    Canvas canvas(5, 3);
    canvas.write(1, 0, "ab");
    canvas.write(3, 2, "xyz");
    canvas.put(0, 2, "µ");
    canvas.put(-1, 0, "!");
    canvas.put(0, 3, "!");
    canvas.put(5, 0, "!");
    canvas.put(0, -1, "!");
    CHECK(text_of_canvas(canvas) == " ab\n\nµ  xy\n");
    CHECK(canvas.columns() == 5);
    CHECK(canvas.rows() == 3);
}

TEST_CASE("cells of one role that follow each other are one span") {
    Canvas canvas(4, 1);
    canvas.write(0, 0, "ab", Role::bad);
    canvas.write(2, 0, "c", Role::dim);
    const DrawnLine line = canvas.lines().at(0);
    REQUIRE(line.size() == 2);
    CHECK(line[0].text == "ab");
    CHECK(line[0].role == Role::bad);
    CHECK(line[1].text == "c");
    CHECK(line[1].role == Role::dim);
}

TEST_CASE("there is room for text where its cells and the ones beside it are empty") {
    Canvas canvas(8, 1);
    canvas.put(4, 0, "x");
    CHECK(canvas.has_room(0, 0, 3));
    CHECK_FALSE(canvas.has_room(0, 0, 4));
    CHECK_FALSE(canvas.has_room(5, 0, 2));
    CHECK(canvas.has_room(6, 0, 2));
    CHECK_FALSE(canvas.has_room(6, 0, 3));
    CHECK_FALSE(canvas.has_room(-1, 0, 2));
    CHECK(canvas.is_empty(3, 0));
    CHECK_FALSE(canvas.is_empty(4, 0));
    CHECK(canvas.is_empty(9, 9));
}

TEST_CASE("dots of a cell are braille: two across, four down") {
    Dots dots(8, 1);
    CHECK(dots.across() == 16);
    CHECK(dots.down() == 4);
    for (int i = 0; i < 8; ++i) dots.set(2 * i + i / 4, i % 4, Role::plain);
    CHECK(drawn(dots) == "⠁⠂⠄⡀⠈⠐⠠⢀\n");
    dots.set(1, 3, Role::plain);
    dots.set(16, 0, Role::plain);
    dots.set(0, 4, Role::plain);
    dots.set(-1, 0, Role::plain);
    CHECK(drawn(dots) == "⢁⠂⠄⡀⠈⠐⠠⢀\n");
}

TEST_CASE("a line has a dot in every column, or every row where it is steep") {
    Dots flat(4, 1);
    flat.line(0, 3, 7, 0, Role::plain);  // rows 3 3 2 2 1 1 0 0
    CHECK(drawn(flat) == "⣀⠤⠒⠉\n");
    Dots steep(1, 2);
    steep.line(0, 0, 1, 7, Role::plain);
    CHECK(drawn(steep) == "⡇\n⢸\n");
    Dots point(1, 1);
    point.line(1, 1, 1, 1, Role::plain);
    CHECK(drawn(point) == "⠐\n");
}

TEST_CASE("dots in ASCII: flat strokes high, in the middle or low, steep ones lean") {
    CHECK(ascii_of({{0, 0}, {1, 0}}) == "'\n");
    CHECK(ascii_of({{0, 1}, {1, 1}}) == "-\n");
    CHECK(ascii_of({{0, 2}, {1, 2}}) == ".\n");
    CHECK(ascii_of({{0, 3}}) == ".\n");
    CHECK(ascii_of({{0, 0}, {0, 1}, {0, 2}}) == "|\n");
    CHECK(ascii_of({{0, 2}, {0, 3}, {1, 0}, {1, 1}}) == "/\n");
    CHECK(ascii_of({{0, 0}, {0, 1}, {1, 2}, {1, 3}}) == "\\\n");
    CHECK(ascii_of({{0, 0}, {0, 1}, {1, 0}, {1, 2}}) == "|\n");
}

TEST_CASE("a cell of dots has the role that was set last, and stands where it is drawn") {
    Dots dots(1, 1);
    dots.set(0, 0, Role::memory);
    dots.set(1, 0, Role::compute);
    Canvas canvas(3, 2);
    dots.draw_on(canvas, 2, 1, Charset::unicode);
    CHECK(text_of_canvas(canvas) == "\n  ⠉\n");
    CHECK(canvas.lines()[1].back().role == Role::compute);
}

}  // namespace canvas_test
