#include "answer/deployment/price_note.hpp"

#include "catch.hpp"

namespace price_note_test {

using namespace roofline;
using namespace std::chrono_literals;

namespace {

constexpr Day today = std::chrono::sys_days(2026y / 11 / 22);

Deployment rented(const std::string& date) {
    Deployment d;
    d.price = PriceRequest{.provider = date.empty() ? "" : "lambda"};
    d.rental = RentalPrice{.provider = "Lambda",
                           .mode = "on-demand",
                           .rate = 2.5 * dollar / hour,
                           .date = date,
                           .from = {.source = date.empty() ? "`price`" : "its page"}};
    return d;
}

Deployment owned() {
    return {.purchase = PurchaseRequest{.name = "catalog"},
            .bought = PurchasePrice{.item = "DGX",
                                    .amount = 30000 * dollar,
                                    .date = "2026-11-12",
                                    .from = {.source = "its shop"}},
            .life = 4,
            .power = 700 * watt,
            .pue = 1.25,
            .power_price = EnergyPrice{.rate = 0.2 * dollar / kilowatt_hour}};
}

}  // namespace

TEST_CASE("from the 20th of September to the 22nd of November: 10 + 31 + 22 days") {
    CHECK(age_words("2026-09-20", today) == " (63 days old)");
    CHECK(age_words("2025-11-22", today) == " (365 days old)");
    CHECK(age_words("2023-11-22", today) == " (1,096 days old)");
    CHECK(age_words("", today).empty());
}

TEST_CASE("a price is named with its age and its source, rented or owned") {
    const auto note = price_note("A", rented("2026-11-12"), today);
    REQUIRE(note);
    CHECK(note->id == "price");
    CHECK(note->text ==
          "price of A: $2.50/h per device, Lambda on-demand of 2026-11-12 (10 days old)");
    CHECK(note->value.is_null());
    CHECK(note->source == "its page");
    const auto bought = price_note("B", owned(), today);
    REQUIRE(bought);
    CHECK(bought->text ==
          "price of B: owned: $30,000.00 (DGX of 2026-11-12) per device over 4 years, 700 W x PUE "
          "1.25 at $0.200/kWh (10 days old)");
    CHECK(bought->source == "its shop");
}

TEST_CASE("a price as given has no age; without a price there is no note") {
    const auto note = price_note("A", rented(""), today);
    REQUIRE(note);
    CHECK(note->text == "price of A: $2.50/h per device, as given");
    CHECK(note->source == "--price");
    CHECK_FALSE(price_note("A", {}, today));
}

TEST_CASE("W130: older than the limit, not as old as it") {
    const PriceAgeLimit limit{.days = 90, .text = "90d"};
    CHECK_FALSE(age_warning(limit, rented("2026-08-24"), today));
    const auto warning = age_warning(limit, rented("2026-08-23"), today);
    REQUIRE(warning);
    CHECK(warning->code == "W130");
    CHECK(warning->message ==
          "the price is 91 days old, more than --max-price-age 90d: $2.50/h per device, Lambda "
          "on-demand of 2026-08-23");
    const auto undated = age_warning({.days = 0, .text = "0d"}, rented(""), today);
    REQUIRE(undated);
    CHECK(undated->severity == Severity::note);
    CHECK(undated->message ==
          "the price is an amount without a date: --max-price-age 0d judges nothing of it");
    CHECK_FALSE(age_warning({.days = 0, .text = "0d"}, {}, today));
}

}  // namespace price_note_test
