#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"

#include "catch.hpp"

namespace catalog_check_test {

using namespace roofline;

namespace {

// What validating h100-sxm says after `from` was replaced by `to`.
std::vector<std::string> faults_after(std::string_view from, std::string_view to) {
    std::string text(embedded_text("devices/h100-sxm.json"));
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::vector<std::string> result;
    for (const Fault& fault : CatalogCheck().file("h.json", text))
        result.push_back(message_text(fault));
    return result;
}

}  // namespace

TEST_CASE("a sparse rate sold as dense is caught by the ratio of fp8 to bf16") {
    const auto faults = faults_after("\"fp8_tflop_per_s\": {\"value\": 1978.9",
                                     "\"fp8_tflop_per_s\": {\"value\": 3957.8");
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].starts_with(
        "h.json:43:26: /peaks/matrix/fp8_tflop_per_s: fp8 is 4 x bf16; on NVIDIA data-centre parts "
        "dense fp8 is 2 x bf16"));
}

TEST_CASE("a slipped unit is caught by the ridge, by the capacity and by sparsity") {
    CHECK(faults_after("\"bandwidth_gb_per_s\": {\"value\": 3350",
                       "\"bandwidth_gb_per_s\": {\"value\": 3.35")[0]
              .find("the ridge is") != std::string::npos);
    CHECK(faults_after("84942979072", "8494297907")[0].find("reported capacity is 0.106 of the") !=
          std::string::npos);
    CHECK(faults_after("\"sparse_multiplier\": {\"value\": 2",
                       "\"sparse_multiplier\": {\"value\": 0.5")[0]
              .find("a sparse rate is never below the dense one") != std::string::npos);
    CHECK(faults_after("\"lacks\": [\"fp6\"", "\"lacks\": [\"fp8\"")[0].find(
              "'fp8' has a matrix rate above") != std::string::npos);
}

TEST_CASE("sizes, modes and rates of accumulation that cannot be are caught") {
    const std::string given = R"("usable_bytes": {"value": 9e10, "source": "xla",
      "confidence": "primary"}, "reported_bytes")";
    CHECK(faults_after("\"reported_bytes\"", given)[0].find(
              "programs are given more than there is") != std::string::npos);
    const std::string mode = R"({"name": "40gb", "capacity_gb": {"value": 40, "source": "xla",
      "confidence": "primary"}, "reported_bytes": {"value": 8e10, "source": "xla",
      "confidence": "primary"}})";
    CHECK(faults_after("\"lacks\"", "\"modes\": [" + mode + "], \"lacks\"")[0].find(
              "reported capacity is 2 of the nominal one") != std::string::npos);
    const std::string twice = R"("modes": [{"name": "a b"}, {"name": "A-B"}], "lacks")";
    CHECK(faults_after("\"lacks\"", twice)[0].find("two modes are called 'A-B'") !=
          std::string::npos);
    const std::string slow = R"("fp16_acc16_tflop_per_s": {"value": 9, "source": "xla",
      "confidence": "primary"}, "fp8_tflop_per_s")";
    CHECK(faults_after("\"fp8_tflop_per_s\"", slow)[0].find("FP16 accumulation is never slower") !=
          std::string::npos);
}

TEST_CASE("unknown keys, missing sources and missing figures are refused with their place") {
    CHECK(faults_after("\"scale_up\"", "\"scale_upp\"")[0].find("unknown key 'scale_upp'") !=
          std::string::npos);
    CHECK(faults_after("\"source\": \"xla\"", "\"source\": \"xlb\"")[0].find(
              "source 'xlb' is not named under /sources") != std::string::npos);
    CHECK(faults_after("\"confidence\": \"primary\"", "\"confidence\": \"sure\"")[0].find(
              "unknown confidence 'sure'") != std::string::npos);
    CHECK(faults_after("\"market\": \"datacenter\"", "\"market\": \"datacentre\"")[0].find(
              "unknown market 'datacentre'") != std::string::npos);
    CHECK(faults_after("roofline/device/1", "roofline/device/9")[0].find("unknown schema") !=
          std::string::npos);
}

TEST_CASE("an alias that two devices claim is refused") {
    CatalogCheck check;
    CHECK(check.file("a.json", std::string(embedded_text("devices/h100-sxm.json"))).empty());
    std::string text(embedded_text("devices/l4.json"));
    text.replace(text.find("\"NVIDIA L4\""), 11, "\"H100 SXM5\"");
    const auto faults = check.file("b.json", text);
    REQUIRE(faults.size() == 1);
    CHECK(message_text(faults[0]) ==
          "b.json:5:15: /aliases/0: 'H100 SXM5' is a name of h100-sxm already");
}

TEST_CASE("a price of a device that is not there is refused with its place") {
    const auto faults = CatalogCheck().file("p.json", R"({"schema": "roofline/prices/1",
  "collected": "2026-11-22", "sources": {"s": "a page"}, "rental": [
  {"provider": "x", "device": "h1000", "mode": "spot", "usd_per_device_hour": 1,
   "date": "2026-11", "source": "s", "confidence": "memory"}]})");
    REQUIRE(faults.size() == 1);
    CHECK(message_text(faults[0]) == "p.json:3:31: /rental/0/device: 'h1000' is no device's id");
}

}  // namespace catalog_check_test
