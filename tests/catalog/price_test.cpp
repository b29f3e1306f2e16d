#include "roofline/catalog/price.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"

#include "catch.hpp"

namespace price_test {

using namespace roofline;

namespace {

double hourly(Catalog& catalog, std::string_view device, std::string_view provider) {
    return find_rental(catalog.rentals(), device, provider).rate.in(dollar / hour);
}

}  // namespace

TEST_CASE("a provider's latest on-demand row is taken unless a mode is named") {
    Catalog catalog;
    CHECK(hourly(catalog, "h100-sxm", "lambda") == 4.29);
    CHECK(find_rental(catalog.rentals(), "h100-sxm", "lambda").date == "2026-09-25");
    CHECK(hourly(catalog, "h100-sxm", "coreweave") == 6.155);
    CHECK(hourly(catalog, "h100-sxm", "coreweave/spot") == 2.4638);
    CHECK(hourly(catalog, "h100-sxm", "RunPod Secure") == 3.99);
    CHECK(hourly(catalog, "h100-sxm", "runpod-secure") == 3.99);
    CHECK(hourly(catalog, "h100-sxm", "vast.ai") == 2.6661);
}

TEST_CASE("an unknown provider or mode lists what there is") {
    Catalog catalog;
    try {
        find_rental(catalog.rentals(), "h100-sxm", "lambda/spot");
        FAIL("no error");
    } catch (const UserError& error) {
        CHECK(error.fault().message == "no spot price of 'lambda' for h100-sxm");
        CHECK(error.fault().hint.find("`price coreweave/spot ") != std::string::npos);
        CHECK(exit_status(error.fault().code) == Exit::input);
    }
    CHECK_THROWS_AS(find_rental(catalog.rentals(), "apple-m1", "aws"), UserError);
}

TEST_CASE("choices are listed once each, cheapest first") {
    Catalog catalog;
    const std::string choices = rental_choices(catalog.rentals(), "b200-sxm");
    CHECK(choices.find("lambda ") == choices.rfind("lambda "));
    CHECK(choices.find("coreweave/spot") < choices.find("akash"));
    CHECK(rental_choices(catalog.rentals(), "apple-m1").empty());
}

TEST_CASE("every price belongs to a device of the catalog and has a date") {
    Catalog catalog;
    const auto ids = catalog.device_ids();
    CHECK(catalog.rentals().size() == 112);
    for (const RentalPrice& row : catalog.rentals()) {
        CHECK(std::ranges::find(ids, row.device) != ids.end());
        CHECK(row.date.starts_with("202"));
        CHECK(row.rate > MoneyPerSecond());
    }
}

TEST_CASE("choices are listed from rows, also where no name of a row would find it") {
    const RentalPrice odd{.provider = "acme/eu", .device = "d", .mode = "spot", .date = "2026"};
    const RentalPrice newer{.provider = "acme/eu", .device = "d", .mode = "spot", .date = "2027"};
    const std::string choices = rental_choices({odd, newer}, "d");
    CHECK(choices.find("2027") != std::string::npos);
    CHECK(choices.find("2026") == std::string::npos);
    CHECK_THROWS_AS(find_rental({odd, newer}, "d", "acme/eu/spot"), UserError);
}

TEST_CASE("a long list of choices ends with how many more there are") {
    std::vector<RentalPrice> rows;
    for (int i = 0; i < 1000; ++i)
        rows.push_back({.provider = "p" + std::to_string(i), .device = "d", .mode = "spot"});
    CHECK(rental_choices(rows, "d").ends_with("and 960 more"));
}

}  // namespace price_test
