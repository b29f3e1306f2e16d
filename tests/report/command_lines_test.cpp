#include "report/command_lines.hpp"

#include "catch.hpp"

namespace command_lines_test {

using Lines = std::vector<std::string>;

TEST_CASE("a command that fits stands on one line") {
    CHECK(roofline::command_lines("roofline ridge --hw h100-sxm", 60, 2) ==
          Lines{"  roofline ridge --hw h100-sxm"});
}

TEST_CASE("a longer one is broken between flags, and its lines can be pasted") {
    CHECK(roofline::command_lines("roofline sweep m --hw a,b --batch 1..256 --context 4k", 30, 2) ==
          Lines{"  roofline sweep m --hw a,b \\", "    --batch 1..256 \\", "    --context 4k"});
}

TEST_CASE("quotes are not broken, nor words that are longer than the page") {
    CHECK(roofline::command_lines("roofline compare 'm@h100 batch=4' \"it's one\"", 24, 0) ==
          Lines{"roofline compare \\", "  'm@h100 batch=4' \\", "  \"it's one\""});
    CHECK(roofline::command_lines("a 'much longer than the page'", 10, 0) ==
          Lines{"a \\", "  'much longer than the page'"});
}

TEST_CASE("a quoted scenario that is too long is written in parts that sh joins") {
    CHECK(roofline::command_lines("a 'bb cc dd ee ff'", 14, 0) ==
          Lines{"a \\", "  'bb cc '\\", "'dd ee ff'"});
}

}  // namespace command_lines_test
