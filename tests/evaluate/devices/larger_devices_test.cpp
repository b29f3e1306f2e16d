#include "evaluate/devices/larger_devices.hpp"

#include "catch.hpp"

#include <algorithm>

namespace larger_devices_test {

using namespace roofline;

TEST_CASE("a larger device is of the same maker and market, has more memory, and comes in order") {
    Catalog catalog;
    const auto small = catalog.device("h100-sxm");
    const auto larger = larger_devices(*small, catalog);
    REQUIRE(larger.size() > 3);
    for (const auto& one : larger) {
        CHECK(one->vendor == small->vendor);
        CHECK(one->market == small->market);
        CHECK(one->capacity() > small->capacity());
    }
    CHECK(std::ranges::is_sorted(larger, {}, [](const auto& one) { return one->capacity(); }));
}

TEST_CASE("the sizes that a device is sold in are devices to buy: 64 GB, then 128 GB") {
    Catalog catalog;
    const auto larger = larger_devices(*catalog.device("apple-m4-max:48gb"), catalog);
    const auto place = [&](std::string_view id) {
        return std::ranges::find(larger, id, [](const auto& one) { return one->id; });
    };
    REQUIRE(place("apple-m4-max:64gb") != larger.end());
    CHECK(place("apple-m4-max:64gb") < place("apple-m4-max:128gb"));
    CHECK(larger.front()->id == "apple-m4-max:64gb");  // an M1 Max has as much
}

}  // namespace larger_devices_test
