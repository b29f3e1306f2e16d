#include "roofline/units/quantity.hpp"

#include "catch.hpp"

namespace quantity_test {

using namespace roofline;

namespace {

template <typename A, typename B>
concept Addable = requires(A a, B b) {
    a + b;
};

static_assert(Addable<Bytes, Bytes>);
static_assert(!Addable<Bytes, Seconds>);
static_assert(!Addable<Bytes, double>);
static_assert(std::is_same_v<decltype(byte / (byte / second)), Seconds>);
static_assert(std::is_same_v<decltype((flop / second) / (byte / second)), FlopsPerByte>);
static_assert(std::is_same_v<decltype(byte / byte), double>);
static_assert(!std::is_constructible_v<Bytes, double>);

}  // namespace

TEST_CASE("a unit is named on entering and on leaving: 3350 GB/s are 3.35 TB/s") {
    const BytesPerSecond bandwidth = 3350 * gigabyte / second;
    CHECK(bandwidth.in(terabyte / second) == 3.35);
}

TEST_CASE("989.4 TFLOP/s over 3.35 TB/s meet at 295.34 FLOP/byte") {
    const FlopsPerByte ridge = (989.4 * teraflop / second) / (3.35 * terabyte / second);
    CHECK_THAT(ridge.in(flop / byte), WithinAbs(295.34, 0.01));
}

TEST_CASE("2 dollars an hour over 3000 tokens a second are 0.000185 dollars per 1000 tokens") {
    const MoneyPerToken price = (2 * dollar / hour) / (3000 * token / second);
    CHECK_THAT((price * (1000 * token)).in(dollar), WithinRel(2.0 / (3000 * 3600) * 1000, 1e-12));
}

}  // namespace quantity_test
