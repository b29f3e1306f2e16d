#include "roofline/units/date.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace date_test {

using namespace roofline;

TEST_CASE("a day is a year, a month and a day that exist") {
    CHECK(day_text(parse_day("2027-01-31", "x")) == "2027-01-31");
    CHECK(day_text(parse_day("2028-02-29", "x")) == "2028-02-29");
    for (const char* text : {"2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027/01/01",
                             "2027-01-01 ", "+027-01-01", "today", ""})
        CHECK(fault_of([&] { parse_day(text, "skip_until"); }).code == ErrorCode::bad_number);
}

TEST_CASE("a date may be a month or a year, and begins with its first day") {
    CHECK(first_day("2026-11-09") == parse_day("2026-11-09", "x"));
    CHECK(first_day("2026-11") == parse_day("2026-11-01", "x"));
    CHECK(first_day("2026") == parse_day("2026-01-01", "x"));
    for (const char* text : {"2026-10-50", "2026-13-01", "2026-11-31", "2026-00", "2026-13",
                             "2026-1", "26", "2026-", "2026/11", ""})
        CHECK_FALSE(first_day(text));
}

}  // namespace date_test
