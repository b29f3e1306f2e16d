// What the catalog prints as a name is read as that name, by every reader of names.
#include "roofline/catalog/catalog.hpp"
#include "roofline/import/model_source.hpp"
#include "roofline/workload/fields.hpp"

#include "catalog/device_mode.hpp"
#include "catch.hpp"

#include <filesystem>
#include <fstream>

namespace names_read_back_test {

using namespace roofline;

namespace {

// The provider that a price written so asks for.
std::string provider_in(const std::string& price, Catalog& catalog) {
    const FieldValue read = parse_field(the_field("price"), price, "price", catalog);
    return std::get<PriceRequest>(read).provider;
}

void check_rentals(Catalog& catalog) {
    for (const RentalPrice& row : catalog.rentals()) {
        const std::string name = price_name(row);
        INFO(row.device << ' ' << name);
        CHECK(name.find_first_of(" ,@=") == std::string::npos);
        CHECK(provider_in(name, catalog) == name);
        const RentalPrice found = find_rental(catalog.rentals(), row.device, name);
        CHECK(name_key(found.provider) == name_key(row.provider));
        CHECK(name_key(found.mode) == name_key(row.mode));
        CHECK(price_name(found) == name);
        CHECK(find_rental(catalog.rentals(), row.device, row.provider + "/" + row.mode).rate ==
              found.rate);
        CHECK(rental_choices(catalog.rentals(), row.device).find("`price " + name) !=
              std::string::npos);
    }
}

void check_api(Catalog& catalog) {
    for (const ApiPrice& row : catalog.prices().api) {
        const ApiPrice found = catalog.api_price(row.provider + "/" + row.model);
        CHECK(found.provider == row.provider);
        CHECK(found.model == row.model);
    }
}

}  // namespace

TEST_CASE("every id, alias and mode of a device reads back, with a count behind it too") {
    Catalog catalog;
    for (const auto& device : catalog.all_devices()) {
        std::vector<std::string> names = device->aliases;
        names.push_back(device->id);
        for (const std::string& name : names) {
            INFO(name);
            CHECK(catalog.device(name)->id == device->id);
            CHECK(catalog.split_device(name).name == name);
            CHECK_FALSE(catalog.split_device(name).count);
            CHECK(catalog.split_device(name + "x8").name == name);
            CHECK(catalog.split_device(name + "x8").count == 8.0);
        }
        for (const DeviceMode& mode : device->modes) {
            const std::string name = device->id + ":" + mode.name;
            CHECK(catalog.device(name)->id == name);
            CHECK(catalog.split_device(name + "x2").name == name);
        }
    }
}

TEST_CASE("every id and alias of a model reads back, and none looks like a path") {
    Catalog catalog;
    for (const std::string& id : catalog.model_ids()) {
        const auto model = catalog.model(id);
        std::vector<std::string> names = model->aliases;
        names.push_back(id);
        for (const std::string& name : names) {
            INFO(name);
            CHECK_FALSE(is_path_like(name));
            CHECK(find_model(name, catalog)->id == id);
        }
    }
}

TEST_CASE("every price name reads back") {
    Catalog catalog;
    check_rentals(catalog);
    check_api(catalog);
}

TEST_CASE("the price names of a file of one's own read back") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_names_read_back.json";
    std::ofstream(path) << R"({"schema": "roofline/prices/1", "collected": "2026-11",
"sources": {"me": "a contract"},
"rental": [{"provider": "Acme (EU) & Sons", "device": "h100-sxm", "mode": "Capacity Block",
            "usd_per_device_hour": 1, "date": "2026", "source": "me", "confidence": "primary"},
           {"provider": "Ümit+Co.", "device": "h100-sxm", "mode": "On-Demand",
            "usd_per_device_hour": 2, "date": "2026", "source": "me", "confidence": "primary"},
           {"provider": "x_y-z", "device": "h100-sxm", "mode": "on-demand",
            "usd_per_device_hour": 3, "date": "2026", "source": "me", "confidence": "primary"}],
"api": [{"provider": "acme", "model": "org/m:8b", "usd_per_1m_output": 2, "date": "2026",
         "source": "me", "confidence": "primary"}]})";
    Catalog catalog;
    CHECK_THROWS_AS(catalog.add_price_file(path.string()), UserError);  // "Ümit" begins like money
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    text.replace(text.find("Ümit"), 5, "umit");
    std::ofstream(path) << text;
    Catalog own;
    own.add_price_file(path.string());
    std::filesystem::remove(path);
    check_rentals(own);
    check_api(own);
}

}  // namespace names_read_back_test
