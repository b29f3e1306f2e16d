#include "measure/least_squares.hpp"

#include "catch.hpp"

#include <algorithm>
#include <cmath>

namespace least_squares_test {

using namespace roofline;

namespace {

using Numbers = std::vector<double>;

// Three values near 1 and one of 101, for one parameter.
Numbers from_values(const Numbers& at) { return {at[0] - 1, at[0] - 1, at[0] - 1, at[0] - 101}; }

// y = a x + b through (1, 3), (2, 5) and (4, 9): a is 2 and b is 1.
Numbers from_line(const Numbers& at) {
    return {at[0] + at[1] - 3, 2 * at[0] + at[1] - 5, 4 * at[0] + at[1] - 9};
}

double worst_of(const Numbers& residuals) {
    double worst = 0;
    for (const double r : residuals) worst = std::max(worst, std::abs(r));
    return worst;
}

}  // namespace

TEST_CASE("a line through three points is found, from far above and from far below") {
    const std::vector<Bounds> wide{{0.001, 1000}, {0.001, 1000}};
    for (const Numbers& start : {Numbers{100, 100}, Numbers{0.01, 0.01}, Numbers{100, 0.01}}) {
        const Numbers found = least_squares(from_line, start, wide, 1);
        CHECK_THAT(found[0], WithinRel(2, 1e-4));
        CHECK_THAT(found[1], WithinRel(1, 1e-4));
    }
}

TEST_CASE("a large residual counts less: d / sqrt(1 + d2) is a third, where squares say 26") {
    CHECK_THAT(least_squares(from_values, {2}, {{0.1, 1000}}, 1)[0], WithinRel(1.35355, 1e-3));
    // Beside a scale of a million every residual is small: the mean.
    CHECK_THAT(least_squares(from_values, {2}, {{0.1, 1000}}, 1e6)[0], WithinRel(26, 1e-3));
}

TEST_CASE("a parameter stays at a bound that it presses against, the others go on") {
    // With a slope of 1.5 at most the best line is 5.667 - 1.5 x 2.333 = 2.167 high.
    const Numbers upper = least_squares(from_line, {1, 1}, {{0.1, 1.5}, {0.1, 100}}, 1e3);
    CHECK_THAT(upper[0], WithinRel(1.5, 1e-12));
    CHECK_THAT(upper[1], WithinRel(2.16667, 1e-3));
    // With 3 at least, -1.333 would be best: as low as it may.
    const Numbers lower = least_squares(from_line, {5, 5}, {{3, 100}, {0.1, 100}}, 1e3);
    CHECK_THAT(lower[0], WithinRel(3, 1e-12));
    CHECK_THAT(lower[1], WithinRel(0.1, 1e-12));
}

TEST_CASE("where it starts in the minimum or residuals say nothing of a parameter, it stays") {
    const std::vector<Bounds> wide{{0.001, 1000}, {0.001, 1000}};
    CHECK(worst_of(from_line(least_squares(from_line, {2, 1}, wide, 1))) < 1e-12);
    const auto of_first = [](const Numbers& at) { return Numbers{at[0] - 4}; };
    const Numbers found = least_squares(of_first, {1, 7}, wide, 1);
    CHECK_THAT(found[0], WithinRel(4, 1e-4));
    CHECK(found[1] == 7);
    const auto constant = [](const Numbers&) { return Numbers{1, 2}; };
    CHECK(least_squares(constant, {3, 4}, wide, 1) == Numbers{3, 4});
}

}  // namespace least_squares_test
