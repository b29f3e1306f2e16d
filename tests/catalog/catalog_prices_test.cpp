// Prices of a file of one's own beside those of the catalog.
#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace catalog_prices_test {

using namespace roofline;

namespace {

const std::string path =
    (std::filesystem::temp_directory_path() / "roofline_catalog_prices.json").string();

void add(Catalog& catalog, std::string_view text) {
    std::ofstream(path) << text;
    catalog.add_price_file(path);
    std::filesystem::remove(path);
}

constexpr std::string_view own = R"({"schema": "roofline/prices/1", "collected": "2026-11",
"sources": {"me": "my contract"},  // comments are read
"rental": [{"provider": "Acme", "device": "l40s", "mode": "spot", "usd_per_device_hour": 0.5,
            "date": "2026-11-01", "source": "me", "confidence": "primary"},
           {"provider": "Lambda", "device": "h100-sxm", "mode": "on-demand",
            "usd_per_device_hour": 1, "date": "2020", "source": "me", "confidence": "primary"}],
"purchase": [{"device": "h100-sxm", "item": "used", "eur_per_device": 9000, "date": "2020",
              "source": "me", "confidence": "primary"}],
"api": [{"provider": "acme", "model": "m", "usd_per_1m_output": 2, "date": "2026-01",
         "source": "me", "confidence": "primary"}],
})";

}  // namespace

TEST_CASE("the built-in prices have rows of all three kinds, and none is somebody's own") {
    Catalog catalog;
    CHECK_FALSE(catalog.prices().rental.empty());
    CHECK_FALSE(catalog.prices().purchase.empty());
    CHECK_FALSE(catalog.prices().api.empty());
    CHECK(catalog.rentals().front().file.empty());
    CHECK(catalog.rentals().size() == catalog.prices().rental.size());
    CHECK(catalog.rental("h100-sxm", "lambda").provider == "Lambda");
    CHECK(catalog.used_overrides().empty());
}

TEST_CASE("rows of one's own are added, win, and are told once they are used") {
    Catalog catalog;
    const std::size_t before = Catalog().rentals().size();
    add(catalog, own);
    CHECK(catalog.rentals().size() == before + 2);
    CHECK(catalog.used_overrides().empty());
    CHECK(catalog.rental("h100-sxm", "lambda").rate.in(dollar / hour) == 1);
    CHECK(catalog.rental("l40s", "acme/spot").rate.in(dollar / hour) == 0.5);
    CHECK(catalog.purchase("h100-sxm").item == "used");
    CHECK(catalog.api_price("acme/m").date == "2026-01");
    CHECK(catalog.used_overrides() ==
          std::vector<std::string>{
              "lambda price of h100-sxm from " + path, "acme/spot price of l40s from " + path,
              "purchase price of h100-sxm from " + path, "API price acme/m from " + path});
    catalog.api_price("acme/m");
    CHECK(catalog.used_overrides().size() == 4);
}

TEST_CASE("a file of something else holds no prices") {
    Catalog catalog;
    const Fault fault = fault_of([&] { add(catalog, embedded_text("devices/l4.json")); });
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.message == path + " holds no prices: its schema is roofline/device/1");
    CHECK(fault.hint == "write `catalog " + path + "`");
    std::filesystem::remove(path);
}

}  // namespace catalog_prices_test
