#include "roofline/measure/errors.hpp"

#include "catch.hpp"

#include <cmath>

namespace errors_test {

using namespace roofline;

TEST_CASE("a quantile lies between order statistics: of 10, 20, 40 the first quarter is 15") {
    CHECK(quantile({40, 10, 20}, 0.25) == 15);
    CHECK(quantile({40, 10, 20}, 0) == 10);
    CHECK(quantile({40, 10, 20}, 0.5) == 20);
    CHECK(quantile({40, 10, 20}, 0.75) == 30);
    CHECK(quantile({40, 10, 20}, 1) == 40);
    CHECK(quantile({7}, 0.9) == 7);
}

TEST_CASE("of -40 %, 10 %, 20 % and -10 %: half are off by 15 %, on average 20 %, and low by 0") {
    const ErrorSummary summary = summary_of({-0.4, 0.1, 0.2, -0.1});
    CHECK(summary.n == 4);
    CHECK_THAT(summary.median, WithinRel(0.15, 1e-12));
    CHECK_THAT(summary.mean, WithinRel(0.2, 1e-12));
    // 0.7 of the way from 0.2 to 0.4.
    CHECK_THAT(summary.p90, WithinRel(0.34, 1e-12));
    CHECK_THAT(summary.bias, WithinAbs(0, 1e-12));
    CHECK(summary_of({-0.4, -0.1, 0.2}).bias == -0.1);
}

TEST_CASE("without errors there is nothing to say: not a number") {
    const ErrorSummary nothing = summary_of({});
    CHECK(nothing.n == 0);
    CHECK(std::isnan(nothing.median));
    CHECK(std::isnan(nothing.mean));
    CHECK(std::isnan(nothing.p90));
    CHECK(std::isnan(nothing.bias));
    CHECK(std::isnan(quantile({}, 0.5)));
}

}  // namespace errors_test
