#include "text/xml.hpp"

#include "catch.hpp"

namespace xml_test {

using namespace roofline;

TEST_CASE("what XML reads as its own is escaped, an apostrophe is not") {
    CHECK(xml("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; 'd'");
    CHECK(xml("&lt;") == "&amp;lt;");
    CHECK(xml("") == "");
    CHECK(xml("12 µs × 3") == "12 µs × 3");
}

TEST_CASE("what XML forbids even when escaped is shown as text") {
    CHECK(xml("a\x1b[0m<") == "a\\x1b[0m&lt;");
    CHECK(xml("two\nlines") == "two lines");
    CHECK(xml("\xff") == "\\xff");
}

}  // namespace xml_test
