#include "text/printable.hpp"

#include "catch.hpp"

namespace printable_test {

using roofline::printable;

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

}  // namespace printable_test
