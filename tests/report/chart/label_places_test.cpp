#include "report/chart/label_places.hpp"

#include "catch.hpp"

#include <random>

namespace label_places_test {

using namespace roofline;

namespace {

constexpr Box page{0, 0, 100, 100};

WantedLabel at(double x, double y) { return {.x = x, .y = y, .width = 30, .height = 10, .gap = 5}; }

}  // namespace

TEST_CASE("a name is right of its place, left of it where the picture ends") {
    LabelPlaces places(page);
    const auto right = places.place(at(20, 50));
    REQUIRE(right);
    CHECK(right->left == 25);
    CHECK(right->right == 55);
    CHECK(right->top == 45);
    CHECK(right->bottom == 55);
    CHECK(places.place(at(90, 20))->right == 85);
}

TEST_CASE("the second name on a spot is moved up, and beside lines that are to be avoided") {
    LabelPlaces places(page);
    places.place(at(20, 50));
    CHECK(places.place(at(20, 50))->bottom <= 45);
    LabelPlaces lined(page);
    lined.avoid({30, 48, 32, 52});
    CHECK(lined.place(at(20, 50))->bottom <= 49);
    LabelPlaces crossed(page);
    crossed.avoid(page);
    CHECK(crossed.place(at(20, 50))->top == 45);
}

TEST_CASE("where there is no room there is no name") {
    LabelPlaces places(page);
    places.keep_free(page);
    CHECK_FALSE(places.place(at(20, 50)));
    CHECK_FALSE(LabelPlaces({0, 0, 20, 100}).place(at(10, 50)));
}

TEST_CASE("of 1,000 names no two overlap, none is outside, none over what is kept free") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> anywhere(-20, 120);
    LabelPlaces places(page);
    const Box marker{40, 40, 52, 52};
    places.keep_free(marker);
    std::vector<Box> placed;
    for (int i = 0; i < 1000; ++i) {
        const auto box = places.place(at(anywhere(random), anywhere(random)));
        if (!box) continue;
        CHECK(page.holds(*box));
        CHECK_FALSE(box->overlaps(marker));
        for (const Box& other : placed) CHECK_FALSE(box->overlaps(other));
        placed.push_back(*box);
    }
    CHECK(placed.size() > 10);
}

}  // namespace label_places_test
