#include "roofline/search/space.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace space_test {

using namespace roofline;

namespace {

Space space(std::initializer_list<std::pair<std::string_view, std::string_view>> axes) {
    Catalog catalog;
    Space made;
    for (const auto& [field, text] : axes)
        made.axes.emplace_back(*find_field(field), text, field, catalog);
    return made;
}

using Places = std::vector<std::uint64_t>;

Places places(const Space& space, std::uint64_t point) {
    Places result{9, 9, 9, 9};  // whatever it held before
    places_of(space, point, result);
    return result;
}

}  // namespace

TEST_CASE("2 devices, 3 batches and 2 formats are 12 points, no axis is one") {
    CHECK(space({{"hw", "h100,l40s"}, {"batch", "1,2,4"}, {"quant", "bf16,fp8"}}).size() == 12);
    CHECK(space({}).size() == 1);
    CHECK(places(space({}), 0).empty());
}

TEST_CASE("point 7 of 2 x 3 x 2 is 1 x 6 + 0 x 2 + 1: the last axis runs fastest") {
    const Space all = space({{"hw", "h100,l40s"}, {"batch", "1,2,4"}, {"quant", "bf16,fp8"}});
    CHECK(places(all, 0) == Places{0, 0, 0});
    CHECK(places(all, 1) == Places{0, 0, 1});
    CHECK(places(all, 2) == Places{0, 1, 0});
    CHECK(places(all, 7) == Places{1, 0, 1});
    CHECK(places(all, 11) == Places{1, 2, 1});
}

TEST_CASE("9e15 x 1024 points are 9.2e18, just countable; 9e15 x 1025 are not") {
    const std::string_view most = "1..9007199254740991:+1";  // 2^53 - 1
    const Space largest = space({{"batch", most}, {"isl", "1..1024:+1"}});
    CHECK(largest.size() == 9'223'372'036'854'774'784);  // 2^63 - 2^10
    const Space beyond = space({{"batch", most}, {"isl", "1..1025:+1"}});
    const Fault fault = fault_of([&] { static_cast<void>(beyond.size()); });
    CHECK(fault.code == ErrorCode::bad_count);
    CHECK(fault.message == "there are more than 9e18 points: nobody waits for them");
    CHECK(fault.hint == "leave out a range, or give it a larger step");
}

}  // namespace space_test
