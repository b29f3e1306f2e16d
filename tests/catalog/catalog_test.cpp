#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>
#include <set>

namespace catalog_test {

using namespace roofline;

TEST_CASE("every embedded file is read by its reader and breaks no invariant") {
    CatalogCheck check;
    for (const std::string_view path : embedded_paths())
        for (const Fault& fault : check.file(std::string(path), std::string(embedded_text(path)))) {
            INFO(message_text(fault));
            CHECK(false);
        }
}

TEST_CASE("the catalog has 168 devices and at least 30 models, each under its file's name") {
    Catalog catalog;
    CHECK(catalog.device_ids().size() == 168);
    CHECK(catalog.model_ids().size() >= 30);
    for (const std::string& id : catalog.device_ids()) {
        CHECK(catalog.device(id)->id == id);
        CHECK_FALSE(embedded_text("devices/" + id + ".json").empty());
    }
    for (const std::string& id : catalog.model_ids()) {
        CHECK(catalog.model(id)->id == id);
        CHECK_FALSE(embedded_text("models/" + id + ".json").empty());
    }
}

TEST_CASE("every alias and name finds its device, whatever the case and the separators") {
    Catalog catalog;
    for (const std::string& id : catalog.device_ids()) {
        const auto device = catalog.device(id);
        CHECK(catalog.device(device->name) == device);
        for (const std::string& alias : device->aliases) CHECK(catalog.device(alias) == device);
    }
    CHECK(catalog.device("NVIDIA H100 80GB HBM3")->id == "h100-sxm");
    CHECK(catalog.device("H100_SXM")->id == "h100-sxm");
    CHECK(catalog.device("A100 80GB SXM")->id == "a100-sxm-80gb");
    CHECK(catalog.device("jetson-agx-orin")->id == "jetson-agx-orin-64gb");
    CHECK(catalog.device("rtx4090")->id == "rtx-4090");
}

TEST_CASE("a whole name wins over a count: mi300x is one device, mi300xx8 are eight") {
    const Catalog catalog;
    CHECK_FALSE(catalog.split_device("mi300x").count);
    CHECK(catalog.split_device("mi300xx8").name == "mi300x");
    CHECK(catalog.split_device("mi300xx8").count == 8);
    CHECK(catalog.split_device("h100x8").count == 8);
    CHECK(catalog.split_device("h100 x 8").count == 8);
    CHECK_FALSE(catalog.split_device("h100xy").count);
    CHECK(catalog.split_device("h100x0").count == 0);
}

TEST_CASE("models are found by Hugging Face name, with and without organisation and suffix") {
    Catalog catalog;
    for (const std::string_view name :
         {"llama-3.1-8b", "meta-llama/Llama-3.1-8B-Instruct", "Meta-Llama-3.1-8B-Instruct",
          "meta-llama/Meta-Llama-3.1-8B", "Llama_3.1_8B"})
        CHECK(catalog.model(name)->id == "llama-3.1-8b");
    CHECK(catalog.model("Qwen/Qwen3-235B-A22B")->id == "qwen3-235b-a22b");
}

TEST_CASE("an unknown name suggests real ones") {
    Catalog catalog;
    const Fault device = fault_of([&] { catalog.device("h1000"); });
    CHECK(device.message == "unknown hardware 'h1000'");
    CHECK(device.hint.starts_with("did you mean h100-sxm"));
    const Fault model = fault_of([&] { catalog.model("lama-3.1-8b"); });
    CHECK(model.message == "'lama-3.1-8b' is neither a file nor a known model");
    CHECK(model.hint.starts_with("did you mean llama-3.1-8b"));
}

TEST_CASE("the catalog holds the right values where sources disagree") {
    Catalog catalog;
    const auto rate = [&](std::string_view device, Precision precision) {
        return catalog.device(device)->peak(precision)->rate.value.in(teraflop / second);
    };
    CHECK(catalog.device("b200")->bandwidth().in(gigabyte / second) == 7700);
    CHECK(catalog.device("b200")->dram().nominal_bandwidth->value.in(gigabyte / second) == 8000);
    CHECK(rate("b200", Precision::fp4) == 9000);
    CHECK(rate("jetson-agx-orin", Precision::int8) == 85.2);
    CHECK(rate("a10g", Precision::bf16) == 70);
    CHECK(catalog.device("a100")->peak(Precision::fp8) == nullptr);
    CHECK(catalog.device("jetson-agx-orin")->peak(Precision::fp4) == nullptr);
    CHECK(catalog.device("h100")->scale_up->per_direction->value.in(gigabyte / second) == 450);
    CHECK(catalog.device("h100")->capacity().in(byte) == 84942979072.0);
}

TEST_CASE("figures from memory are marked so") {
    Catalog catalog;
    CHECK(catalog.device("a30")->peak(Precision::fp64)->rate.from.confidence == Confidence::memory);
}

TEST_CASE("a file laid over the catalog replaces its namesake, and its use is told") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_catalog_test.json";
    std::string text(embedded_text("devices/l4.json"));
    text.replace(text.find("\"value\": 300,"), 13, "\"value\": 350,");
    std::ofstream(path) << "// my own\n" << text;
    Catalog catalog;
    catalog.add_file(path.string());
    CHECK(catalog.used_overrides().empty());
    CHECK(catalog.device("NVIDIA L4")->bandwidth().in(gigabyte / second) == 350);
    CHECK(catalog.used_overrides() == std::vector<std::string>{"l4 from " + path.string()});
    CHECK(catalog.device_ids().size() == Catalog().device_ids().size());
    std::filesystem::remove(path);
}

TEST_CASE("every device can compute in some 16-bit or 32-bit precision") {
    Catalog catalog;
    for (const std::string& id : catalog.device_ids()) {
        const auto device = catalog.device(id);
        INFO(id);
        CHECK((device->peak(Precision::bf16) != nullptr ||
               device->peak(Precision::fp16) != nullptr ||
               device->peak(Precision::fp32) != nullptr));
    }
}

}  // namespace catalog_test
