#include "catalog/price_age.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace price_age_test {

using namespace roofline;

namespace {

using namespace std::chrono;
constexpr sys_days today = 2026y / November / 22;

}  // namespace

TEST_CASE("from 2026-09-20 to 2026-11-22 are 10 + 31 + 22 - 0 = 63 days") {
    CHECK(age_in_days("2026-09-20", today) == 10 + 31 + 22);
    CHECK(age_in_days("2026-11-23", today) == -1);
}

TEST_CASE("a month or year counts from its first day, the oldest that it can be") {
    CHECK(age_in_days("2026-11", today) == 21);
    CHECK(age_in_days("2026", today) == 365 - 31 - 8 - 1);
}

TEST_CASE("a price without a date has no age") { CHECK_FALSE(age_in_days("", today)); }

}  // namespace price_age_test
