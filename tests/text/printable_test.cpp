#include "text/printable.hpp"

#include "catch.hpp"

namespace printable_test {

using namespace roofline;

TEST_CASE("what a terminal would obey is shown, not sent") {
    CHECK(printable("a\x1b[31mb") == "a\\x1b[31mb");
    CHECK(printable(std::string("nul\0byte", 8)) == "nul\\x00byte");
    CHECK(printable("\x7f") == "\\x7f");
    CHECK(printable("\xc2\x9b") == "\\xc2\\x9b");             // an escape of its own in Latin 1
    CHECK(printable("a\xe2\x80\xae") == "a\\xe2\\x80\\xae");  // right to left
}

TEST_CASE("a name stays on one line") { CHECK(printable("one\ntwo\r\tthree") == "one two  three"); }

TEST_CASE("what is no UTF-8 is shown as bytes, and all else as it is") {
    CHECK(printable("µs ≤ 漢字 😀") == "µs ≤ 漢字 😀");
    CHECK(printable("\xff") == "\\xff");
    CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");                    // a slash, spelt too long
    CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // half of a pair
    CHECK(printable("\xe2\x82") == "\\xe2\\x82");                    // cut short
    CHECK(printable("\xf5\x80\x80\x80") == "\\xf5\\x80\\x80\\x80");  // beyond Unicode
}

TEST_CASE("what reorders a line or has no width is shown as bytes") {
    CHECK(printable("\xd8\x9c") == "\\xd8\\x9c");                    // U+061C
    CHECK(printable("\xe2\x80\x8b") == "\\xe2\\x80\\x8b");           // U+200B
    CHECK(printable("\xe2\x80\x8e") == "\\xe2\\x80\\x8e");           // U+200E
    CHECK(printable("\xe2\x81\xa0") == "\\xe2\\x81\\xa0");           // U+2060
    CHECK(printable("\xef\xbb\xbf") == "\\xef\\xbb\\xbf");           // U+FEFF
    CHECK(printable("\xef\xbf\xbf") == "\\xef\\xbf\\xbf");           // U+FFFF, in no XML
    CHECK(printable("\xf3\xa0\x81\x81") == "\\xf3\\xa0\\x81\\x81");  // a tag, U+E0041
    CHECK(printable("\xef\xbf\xbd") == "\xef\xbf\xbd");              // U+FFFD is a character
}

TEST_CASE("lines stay where they are asked for") {
    CHECK(printable_lines("one\ntwo\x1b\n") == "one\ntwo\\x1b\n");
}

TEST_CASE("JSON keeps every character, spelt where it is not shown") {
    CHECK(escaped_json("{\n\"a\": \"µ\"}\n") == "{\n\"a\": \"µ\"}\n");
    CHECK(escaped_json("\"\x7f\xc2\x9b\xe2\x80\xae\"") == "\"\\u007f\\u009b\\u202e\"");
    CHECK(escaped_json("\xf3\xa0\x81\x81") == "\\udb40\\udc41");
}

}  // namespace printable_test
