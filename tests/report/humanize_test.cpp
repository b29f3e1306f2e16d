#include "report/humanize.hpp"

#include "catch.hpp"

#include <limits>

namespace humanize_test {

using namespace roofline;

TEST_CASE("three digits and a prefix") {
    CHECK(humanize(9.609 * millisecond) == "9.61 ms");
    CHECK(humanize(1.0021e-5 * second) == "10.0 µs");
    CHECK(humanize(35.2 * gigabyte) == "35.2 GB");
    CHECK(humanize(61.57 * teraflop) == "61.6 TFLOP");
    CHECK(humanize(1978.9 * teraflop / second, 5) == "1,978.9 TFLOP/s");
    CHECK(humanize(0 * second) == "0.00 ns");
}

TEST_CASE("rounding up to the next prefix takes it") {
    CHECK(humanize(999.96 * millisecond) == "1.00 s");
    CHECK(humanize(9.999 * millisecond) == "10.0 ms");
    CHECK(humanize(999.4 * gigabyte) == "999 GB");
}

TEST_CASE("numbers keep every digit before the point, in groups of three") {
    CHECK(humanize_number(3330.4) == "3,330");
    CHECK(humanize_number(131072) == "131,072");
    CHECK(humanize_number(1234567.8) == "1,234,568");
    CHECK(humanize_number(295.34) == "295");
    CHECK(humanize_number(0.5312) == "0.531");
    CHECK(humanize_number(-1234.5) == "-1,234");
    CHECK(humanize_number(1.0 / 0.0) == "–");
}

TEST_CASE("money has cents from one up and three digits below") {
    CHECK(humanize(Measure(2.5 * dollar / hour)) == "$2.50/h");
    CHECK(humanize(Measure(1.1 * dollar / hour, Currency::eur)) == "€1.10/h");
    CHECK(humanize(Measure(0.000185185 * dollar)) == "$0.000185");
    CHECK(humanize(Measure(1234.5 * dollar)) == "$1,234.50");
}

TEST_CASE("percentages") {
    CHECK(humanize_percent(0.53) == "53 %");
    CHECK(humanize_percent(0.004) == "0.4 %");
    CHECK(humanize_percent(-0.27) == "-27 %");
    CHECK(humanize_percent(std::numeric_limits<double>::quiet_NaN()) == "–");
    CHECK(humanize_percent(std::numeric_limits<double>::infinity()) == "–");
}

TEST_CASE("what is beyond 15 digits is a power of ten") {
    CHECK(humanize_percent(2e20) == "2.00e+22 %");
    CHECK(humanize(Measure(3e20 * dollar)) == "$3.00e+20");
    CHECK(humanize_number(4e20) == "4.00e+20");
}

TEST_CASE("a number that is none in its unit has no unit") {
    CHECK(humanize(Measure(1e308, dimension::money_per_token)) == "–");
}

TEST_CASE("a page without Unicode says the same in ASCII") {
    CHECK(to_ascii("10 µs ≤ 20 · a → b") == "10 us <= 20 | a -> b");
    CHECK(to_ascii("▕█▏–…") == "[#]-~");
    CHECK(to_ascii("日") == "?");
    CHECK(shown_width("µs▕") == 3);
}

}  // namespace humanize_test
