#include "roofline/units/date.hpp"

#include "catch.hpp"
#include "fault.hpp"

using namespace roofline;

TEST_CASE("a day is a year, a month and a day that exist") {
    CHECK(day_text(parse_day("2027-01-31", "x")) == "2027-01-31");
    CHECK(day_text(parse_day("2028-02-29", "x")) == "2028-02-29");
    for (const char* text : {"2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027/01/01",
                             "2027-01-01 ", "+027-01-01", "today", ""})
        CHECK(fault_of([&] { parse_day(text, "skip_until"); }).code == ErrorCode::bad_number);
}
