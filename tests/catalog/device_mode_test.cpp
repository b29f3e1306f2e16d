#include "catalog/device_mode.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace device_mode_test {

using namespace roofline;

TEST_CASE("a device in one of its sizes has that capacity, and a name that finds it again") {
    Catalog catalog;
    const auto small = catalog.device("apple-m4-max:64gb");
    CHECK(small->id == "apple-m4-max:64gb");
    CHECK(small->name == "Apple M4 Max (40-core), 64gb");
    CHECK(small->dram().capacity->value == 64 * gigabyte);
    CHECK(small->dram().reported->value.in(byte) == 68719476736.0);
    CHECK(small->dram().usable->value.in(byte) == 51539607552.0);
    CHECK(small->bandwidth() == catalog.device("apple-m4-max")->bandwidth());
    CHECK(catalog.device(small->id) == small);
    CHECK(catalog.device("M4_Max:64 GB") == small);
    CHECK(catalog.device("apple-m4-max")->dram().capacity->value == 128 * gigabyte);
}

TEST_CASE("every mode of every device is found by its name") {
    Catalog catalog;
    for (const auto& device : catalog.all_devices())
        for (const DeviceMode& mode : device->modes) {
            INFO(device->id << ":" << mode.name);
            const auto found = catalog.device(device->id + ":" + mode.name);
            CHECK(found->dram().capacity->value == mode.capacity->value);
        }
}

TEST_CASE("a mode is no device of the catalog's list") {
    Catalog catalog;
    catalog.device("apple-m4-max:64gb");
    CHECK(catalog.all_devices().size() == catalog.device_ids().size());
    CHECK(catalog.device_ids() == Catalog().device_ids());
}

TEST_CASE("an unknown mode names those there are; a device without any says so") {
    Catalog catalog;
    const Fault unknown = fault_of([&] { catalog.device("apple-m4-max:36gb"); });
    CHECK(unknown.code == ErrorCode::unknown_device);
    CHECK(unknown.message == "apple-m4-max has no mode '36gb'");
    CHECK(unknown.hint == "it has 48gb, 64gb and 128gb");
    const Fault none = fault_of([&] { catalog.device("h100:64gb"); });
    CHECK(none.code == ErrorCode::unknown_device);
    CHECK(none.message == "h100-sxm has no modes, and so no '64gb'");
    CHECK(none.hint == "write `hw h100-sxm`");
    CHECK(fault_of([&] { catalog.device("apple-m4-max:"); }).message ==
          "apple-m4-max has no mode ''");
    const Fault device = fault_of([&] { catalog.device("aple-m4-max:64gb"); });
    CHECK(device.message == "unknown hardware 'aple-m4-max:64gb'");
    CHECK(device.hint.starts_with("did you mean apple-m4-max"));
}

TEST_CASE("a count stands behind the mode") {
    const Catalog catalog;
    CHECK(catalog.split_device("apple-m4-max:64gbx2").name == "apple-m4-max:64gb");
    CHECK(catalog.split_device("apple-m4-max:64gbx2").count == 2);
    CHECK(catalog.split_device("apple-m4-max:64gb x 2").count == 2);
    CHECK_FALSE(catalog.split_device("apple-m4-max:64gb").count);
    CHECK(catalog.split_device("mi300x:64gbx8").count == 8);
    CHECK(catalog.split_device("mi300x:max").name == "mi300x:max");
    CHECK_FALSE(catalog.split_device("nothing:64gbx2").count);
}

TEST_CASE("a device of one's own has modes too, and its use is told") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_device_mode_test.json";
    std::string text(embedded_text("devices/apple-m4.json"));
    text.replace(text.find("\"name\": \"16gb\""), 14, "\"name\": \"tiny\"");
    std::ofstream(path) << text;
    Catalog catalog;
    catalog.add_file(path.string());
    CHECK(catalog.device("m4:tiny")->id == "apple-m4:tiny");
    CHECK(catalog.used_overrides() == std::vector<std::string>{"apple-m4 from " + path.string()});
    std::filesystem::remove(path);
}

TEST_CASE("the device's part of a name ends at the first colon") {
    CHECK(without_mode("a:b:c") == "a");
    CHECK(without_mode("a") == "a");
    CHECK(without_mode("").empty());
}

TEST_CASE("a mode that says nothing of memory leaves it as it is") {
    Device device{.id = "box", .name = "Box"};
    device.memory = {{.level = MemoryLevel::dram, .capacity = Figure<Bytes>{8 * gigabyte, {}}}};
    device.modes = {{.name = "quiet", .capacity = {}, .reported = {}, .usable = {}}};
    CHECK(in_mode(device, "QUIET").id == "box:quiet");
    CHECK(in_mode(device, "quiet").capacity() == 8 * gigabyte);
}

}  // namespace device_mode_test
