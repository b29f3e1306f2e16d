#include "roofline/engine/roof.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/engine/phase_time.hpp"

#include "catch.hpp"

namespace roof_test {

using namespace roofline;

namespace {

double ridge(std::string_view device, Precision precision, MemoryLevel level = MemoryLevel::dram) {
    return ridge_of(*Catalog().device(device), precision, level)->intensity().in(flop / byte);
}

double link(std::string_view device, double ways) {
    return Catalog().device(device)->link_among(ways)->per_direction.in(gigabyte / second);
}

}  // namespace

TEST_CASE("ridges: 989.4 / 3.35, 1978.9 / 3.35, 2250 / 7.7, 85.2 / 0.2048") {
    CHECK_THAT(ridge("h100", Precision::bf16), WithinAbs(295.34, 0.01));
    CHECK_THAT(ridge("h100", Precision::fp8), WithinAbs(590.72, 0.01));
    CHECK_THAT(ridge("b200", Precision::bf16), WithinAbs(292.2, 0.05));
    CHECK_THAT(ridge("jetson-agx-orin", Precision::int8), WithinAbs(416.0, 0.05));
    CHECK_FALSE(ridge_of(*Catalog().device("h100"), Precision::fp4, MemoryLevel::dram));
    CHECK_FALSE(ridge_of(*Catalog().device("h200-nvl"), Precision::bf16, MemoryLevel::l2));
}

TEST_CASE("shared memory of an H100 moves 128 B x 132 SM x 1.98 GHz = 33.5 TB/s") {
    CHECK_THAT(
        Catalog().device("h100")->level(MemoryLevel::l1)->bandwidth->value.in(terabyte / second),
        WithinAbs(33.45, 0.01));
}

TEST_CASE("an operator takes the longest of compute, memory and network") {
    const Timing timing{.compute = 2 * second, .memory = 3 * second, .network = 1 * second};
    CHECK(timing.total() == 3 * second);
    CHECK(timing.bound() == Bound::memory);
    CHECK(Timing{.compute = 3 * second, .memory = 3 * second}.bound() == Bound::compute);
    CHECK(Timing{.network = 1 * second}.bound() == Bound::network);
}

TEST_CASE("links: a switch gives any group its full rate, a mesh only the wires of the group") {
    CHECK(link("h100", 2) == 450);
    CHECK(link("h100", 8) == 450);
    CHECK(link("h100", 16) == 50);  // beyond the domain: the network card
    CHECK(link("mi300x", 2) == 64);
    CHECK(link("mi300x", 8) == 448);
    CHECK(link("l40s", 2) == 31.5);
}

}  // namespace roof_test
