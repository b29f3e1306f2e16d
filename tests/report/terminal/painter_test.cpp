#include "report/terminal/painter.hpp"

#include "catch.hpp"
#include "report/humanize.hpp"

namespace painter_test {

using namespace roofline;

namespace {

/// What a painter writes, and what it paints.
struct Canvas {
    Page page;
    std::string text = {};
    Write write = [this](std::string_view part) { text += part; };

    Painter painter() const { return {page, write}; }
};

}  // namespace

TEST_CASE("a bar is as many characters as it is told, drawn to an eighth of one") {
    const Canvas canvas{.page = {}};
    const Painter painter = canvas.painter();
    CHECK(painter.bar(0, 4) == "    ");
    CHECK(painter.bar(0.5, 4) == "██  ");
    CHECK(painter.bar(0.65625, 4) == "██▋ ");  // 2 and 5/8
    CHECK(painter.bar(1, 4) == "████");
    CHECK(painter.bar(7, 4) == "████");
    CHECK(painter.bar(-1, 4) == "    ");
    for (double fraction = 0; fraction < 1.01; fraction += 0.013)
        CHECK(shown_width(painter.bar(fraction, 11)) == 11);
}

TEST_CASE("a bar in ASCII is rounded to whole characters") {
    const Canvas canvas{.page = {.charset = Charset::ascii}};
    CHECK(canvas.painter().bar(0.6, 4) == "##  ");
    CHECK(canvas.painter().bar(0.65, 4) == "### ");
    CHECK(canvas.painter().bar(1, 4) == "####");
}

TEST_CASE("text is printable first, then in the page's characters, then in its colour") {
    const Canvas plain{.page = {}};
    CHECK(plain.painter().fitted("a\x1b[1m ≤ µ") == "a\\x1b[1m ≤ µ");
    CHECK(plain.painter().painted("≤", Role::bad) == "≤");
    const Canvas coloured{.page = {.charset = Charset::ascii, .colour = Colour::on}};
    CHECK(coloured.painter().painted("≤", Role::bad) == "\x1b[31m<=\x1b[0m");
    CHECK(coloured.painter().painted("≤", Role::plain) == "<=");
}

TEST_CASE("lines end, later ones are indented and none is wider than the page") {
    Canvas canvas{.page = {.width = 20}};
    canvas.painter().line("one");
    canvas.painter().wrapped("what is longer than a page of twenty", 3);
    canvas.painter().raw("as it is");
    CHECK(canvas.text == "one\nwhat is longer than\n   a page of twenty\nas it is");
}

}  // namespace painter_test
