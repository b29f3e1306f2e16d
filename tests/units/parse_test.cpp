#include "units/parse.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace parse_test {

using namespace roofline;

namespace {

double bytes_of(std::string_view text) { return parse_quantity<Bytes>(text, "--bytes").in(byte); }
double rate_of(std::string_view text) {
    return parse_quantity<BytesPerSecond>(text, "--link").in(byte / second);
}
double time_of(std::string_view text) { return parse_quantity<Seconds>(text, "--time").in(second); }

}  // namespace

TEST_CASE("counts: k is 1000, Ki is 1024, underscores and exponents are read") {
    CHECK(parse_count("4k", "--batch") == 4000);
    CHECK(parse_count("4K", "--batch") == 4000);
    CHECK(parse_count("128Ki", "--batch") == 131072);
    CHECK(parse_count("1_000", "--batch") == 1000);
    CHECK(parse_count("1e3", "--batch") == 1000);
    CHECK(parse_count("8B", "--batch") == 8e9);
    CHECK(parse_count("1.5k", "--batch") == 1500);
}

TEST_CASE("lengths: 4k is 4096 and 128k is 131072, the habit of model names") {
    CHECK(parse_length("4k", "--context") == 4096);
    CHECK(parse_length("128k", "--context") == 131072);
    CHECK(parse_length("1M", "--context") == 1048576);
}

TEST_CASE("bytes: GB is 10^9 and GiB is 2^30") {
    CHECK(bytes_of("80GB") == 80e9);
    CHECK(bytes_of("16GiB") == 16 * 1073741824.0);
    CHECK(bytes_of("100.7 MB") == 100.7e6);
    CHECK(bytes_of("80gb") == 80e9);
}

TEST_CASE("bandwidth: 400Gb/s are 50 GB/s, 400Gbps too") {
    CHECK(rate_of("3.35TB/s") == 3.35e12);
    CHECK(rate_of("400Gb/s") == 50e9);
    CHECK(rate_of("400Gbps") == 50e9);
    CHECK_THAT(rate_of("819.2 GiB/s"), WithinRel(819.2 * 1073741824.0, 1e-15));
}

TEST_CASE("time: 20ms, 300us and 300µs, 2min are two minutes, 600m are nothing") {
    CHECK(time_of("20ms") == 20 * 1e-3);
    CHECK(time_of("300us") == time_of("300µs"));
    CHECK(time_of("2min") == 120);
    CHECK(fault_of([] { time_of("600m"); }).code == ErrorCode::missing_unit);
    CHECK(time_of("1h") == 3600);
}

TEST_CASE("rates, power and shares") {
    CHECK(parse_quantity<FlopsPerSecond>("989.4TFLOPS", "x").in(flop / second) == 989.4e12);
    CHECK(parse_quantity<FlopsPerSecond>("2070TOPS", "x").in(flop / second) == 2070e12);
    CHECK(parse_quantity<Watts>("0.7kW", "x").in(watt) == 700);
    CHECK(parse_fraction("85%", "x") == 0.85);
    CHECK(parse_fraction("0.85", "x") == 0.85);
}

TEST_CASE("money keeps its currency") {
    CHECK(parse_money_rate("$2.95/h", "--price").rate.in(dollar / hour) == 2.95);
    CHECK(parse_money_rate("2.95", "--price").currency == Currency::usd);
    CHECK(parse_money_rate("2.95 USD/h", "--price").rate.in(dollar / hour) == 2.95);
    CHECK(parse_money_rate("€1.10/h", "--price").currency == Currency::eur);
    CHECK(parse_money_rate("1.10 EUR/h", "--price").currency == Currency::eur);
}

TEST_CASE("a time without unit says how to write it") {
    const Fault fault = fault_of([] { time_of("20"); });
    CHECK(fault.code == ErrorCode::missing_unit);
    CHECK(fault.message == "--time 20 needs a unit. Write 20ms or 20us");
}

TEST_CASE("gigabits are not gigabytes") {
    const Fault fault = fault_of([] { bytes_of("80Gb"); });
    CHECK(fault.code == ErrorCode::bits_for_bytes);
    CHECK(fault.message ==
          "'80Gb' is gigabits. For 80 gigabytes write 80GB (10^9) or 80GiB (2^30)");
}

TEST_CASE("a decimal comma is refused with the number it meant") {
    const Fault fault = fault_of([] { parse_money_rate("2,95", "--price"); });
    CHECK(fault.code == ErrorCode::decimal_comma);
    CHECK(fault.message == "'2,95' is not a number. Use a point: 2.95");
}

TEST_CASE("a comma before three digits groups thousands, and the number without it is named") {
    CHECK(fault_of([] { parse_count("3,000", "--batch"); }).message ==
          "'3,000' is not a number. Leave out the comma: 3000");
    CHECK(fault_of([] { bytes_of("1,000,000 MB"); }).message ==
          "'1,000,000 MB' is not a number. Leave out the comma: 1000000 MB");
    CHECK(fault_of([] { bytes_of("1,0005 MB"); }).message ==
          "'1,0005 MB' is not a number. Use a point: 1.0005 MB");
}

TEST_CASE("a price in two currencies is refused") {
    CHECK(fault_of([] { parse_money_rate("$2 EUR/h", "--price"); }).message ==
          "--price: '$2 EUR/h' names two currencies");
    CHECK(parse_money_rate("$2 USD/h", "--price").currency == Currency::usd);
}

TEST_CASE("quantities that leave no room for arithmetic are refused") {
    CHECK(fault_of([] { bytes_of("1e31B"); }).message ==
          "--bytes: 1e31B is too large to compute with");
    CHECK(fault_of([] { time_of("1e-30ms"); }).message ==
          "--time: 1e-30ms is too small to compute with");
    CHECK(fault_of([] { parse_money_rate("1e300", "--price"); }).code == ErrorCode::bad_number);
}

TEST_CASE("counts refuse zero, negative, fractions, NaN and what no number holds") {
    for (const std::string_view text : {"0", "-4", "1.5", "4x"}) {
        const Fault fault = fault_of([&] { parse_count(text, "--batch"); });
        CHECK(fault.code == ErrorCode::bad_count);
        CHECK(fault.message ==
              "--batch must be a whole number from 1 up, got " + std::string(text));
    }
    CHECK(fault_of([] { parse_count("nan", "--batch"); }).message ==
          "--batch must be a number, got 'nan'");
    CHECK(fault_of([] { parse_count("inf", "--batch"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { parse_count("1e400", "--batch"); }).message ==
          "--batch: '1e400' is beyond what a number can hold");
    CHECK(fault_of([] { parse_count("", "--batch"); }).code == ErrorCode::bad_number);
}

TEST_CASE("quantities refuse zero, negative, NaN, 1e400 and foreign units") {
    CHECK(fault_of([] { time_of("0ms"); }).message == "--time must be above 0, got 0ms");
    CHECK(fault_of([] { time_of("-1ms"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { time_of("nan ms"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { time_of("1e400ms"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { time_of("1e-400ms"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { time_of("20GB"); }).message ==
          "--time: 'GB' is no unit here. Write 20ms or 20us");
    CHECK(fault_of([] { bytes_of("64K"); }).code == ErrorCode::missing_unit);
    CHECK(fault_of([] { parse_fraction("120%", "--share"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([] { parse_money_rate("$0/h", "--price"); }).message ==
          "--price must be above 0, got $0/h");
}

TEST_CASE("m and M are prefixes of their own") {
    CHECK(parse_quantity<Watts>("5mW", "x").in(watt) == 5e-3);
    CHECK(parse_quantity<Watts>("5MW", "x").in(watt) == 5e6);
    CHECK(fault_of([] { time_of("20MS"); }).code == ErrorCode::missing_unit);
}

TEST_CASE("an age is written in days or weeks, and needs its unit") {
    CHECK(parse_days("90d", "--max-price-age") == 90);
    CHECK(parse_days("2w", "--max-price-age") == 14);
    CHECK(fault_of([] { parse_days("90", "--max-price-age"); }).message ==
          "--max-price-age 90 needs a unit");
}

}  // namespace parse_test
