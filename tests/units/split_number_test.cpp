#include "units/split_number.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace split_number_test {

using namespace roofline;
using namespace roofline::units;

namespace {

Fault refused(std::string_view text) {
    return fault_of([&] { split_number(text, "--n"); });
}

Fault not_positive(double number, std::string_view text) {
    return fault_of([&] { positive(number, text, "--n"); });
}

}  // namespace

TEST_CASE("a number ends where its unit begins, and an e belongs to it before an exponent") {
    const Split split = split_number("  20 ms ", "--n");
    CHECK(split.number == 20);
    CHECK(split.unit == "ms");
    CHECK(split_number("1.5e3", "--n").number == 1500);
    CHECK(split_number("2E-3W", "--n").number == 0.002);
    CHECK(split_number("2E-3W", "--n").unit == "W");
    CHECK(split_number("3eur", "--n").number == 3);
    CHECK(split_number("3eur", "--n").unit == "eur");
    CHECK(split_number("1_000_000", "--n").number == 1e6);
    CHECK(split_number("+7", "--n").number == 7);
    CHECK(split_number("-7x", "--n").number == -7);
    CHECK(split_number("5", "--n").unit.empty());
}

TEST_CASE("text without a number is refused: E120") {
    const Fault word = refused(" many ");
    CHECK(word.code == ErrorCode::bad_number);
    CHECK(word.message == "--n must be a number, got 'many'");
    CHECK(refused("").message == "--n must be a number, got ''");
    CHECK(refused("1.2.3").message == "--n must be a number, got '1.2.3'");
    CHECK(refused("5-3").message == "--n must be a number, got '5-3'");
    CHECK(refused("nan").message == "--n must be a number, got 'nan'");
    CHECK(refused(",5").message == "--n must be a number, got ',5'");
    const Fault beyond = refused("1e400");
    CHECK(beyond.code == ErrorCode::bad_number);
    CHECK(beyond.message == "--n: '1e400' is beyond what a number can hold");
}

TEST_CASE("a comma is a point, or groups thousands: E123 with the number that was meant") {
    const Fault point = refused("2,95");
    CHECK(point.code == ErrorCode::decimal_comma);
    CHECK(point.message == "'2,95' is not a number. Use a point: 2.95");
    const Fault thousands = refused("1,000,000 B");
    CHECK(thousands.code == ErrorCode::decimal_comma);
    CHECK(thousands.message == "'1,000,000 B' is not a number. Leave out the comma: 1000000 B");
    CHECK(refused("1,0000").message == "'1,0000' is not a number. Use a point: 1.0000");
}

TEST_CASE("numbers to compute with lie between 1e-30 and 1e30, above 0") {
    CHECK(positive(1e30, "1e30", "--n") == 1e30);
    CHECK(positive(1e-30, "1e-30", "--n") == 1e-30);
    CHECK(not_positive(0, " 0 W ").code == ErrorCode::bad_number);
    CHECK(not_positive(0, " 0 W ").message == "--n must be above 0, got 0 W");
    CHECK(not_positive(-2, "-2").message == "--n must be above 0, got -2");
    CHECK(not_positive(1e31, "1e31").message == "--n: 1e31 is too large to compute with");
    CHECK(not_positive(1e-31, "1e-31").message == "--n: 1e-31 is too small to compute with");
}

TEST_CASE("space around text is none of it") {
    CHECK(trim(" \t\r\na b \n") == "a b");
    CHECK(trim(" \t ").empty());
    CHECK(trim("").empty());
}

}  // namespace split_number_test
