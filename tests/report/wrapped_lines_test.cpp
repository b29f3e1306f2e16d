#include "report/wrapped_lines.hpp"

#include "catch.hpp"

namespace wrapped_lines_test {

using namespace roofline;

using Lines = std::vector<std::string>;

TEST_CASE("text breaks between words, later lines are indented") {
    CHECK(wrapped_lines("one two three four", 9, 2) == Lines{"one two", "  three", "  four"});
    CHECK(wrapped_lines("one two three four", 100, 2) == Lines{"one two three four"});
    CHECK(wrapped_lines("one two", 7, 0) == Lines{"one two"});
    CHECK(wrapped_lines("one two", 6, 0) == Lines{"one", "two"});
}

TEST_CASE("a number and its unit stay together, before a comma too") {
    CHECK(wrapped_lines("takes 25 ms, it says", 9, 0) == Lines{"takes", "25 ms, it", "says"});
    CHECK(wrapped_lines("takes 25 cows", 9, 0) == Lines{"takes 25", "cows"});
    CHECK(wrapped_lines("off by 12 %", 9, 0) == Lines{"off by", "12 %"});
}

TEST_CASE("a word longer than a line is cut") {
    CHECK(wrapped_lines("abcdefghij", 4, 1) == Lines{"abcd", " efg", " hij"});
    CHECK(wrapped_lines("to abcdefgh", 5, 0) == Lines{"to", "abcde", "fgh"});
}

TEST_CASE("a line has so many characters, not bytes") {
    CHECK(wrapped_lines("µµµ µµµ", 7, 0) == Lines{"µµµ µµµ"});
    CHECK(wrapped_lines("µµµµµ", 3, 0) == Lines{"µµµ", "µµ"});
}

TEST_CASE("spaces between words stay, those where a line ends go") {
    CHECK(wrapped_lines("a  b   c", 4, 0) == Lines{"a  b", "c"});
    CHECK(wrapped_lines(" a b", 10, 3) == Lines{" a b"});
    CHECK(wrapped_lines("", 10, 3) == Lines{""});
}

}  // namespace wrapped_lines_test
