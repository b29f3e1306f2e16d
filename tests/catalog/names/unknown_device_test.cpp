#include "catalog/names/unknown_device.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace unknown_device_test {

using namespace roofline;

namespace {

std::string hint_for(const std::string& name) {
    Catalog catalog;
    const Fault fault = fault_of([&] { catalog.device(name); });
    CHECK(fault.code == ErrorCode::unknown_device);
    return fault.hint;
}

}  // namespace

TEST_CASE("a rack is no device: what to write for all of it, and for one of it") {
    CHECK(hint_for("gb200-nvl72") ==
          "that is a rack of 72: write gb200x72 for all of it, or gb200 for one GPU");
    CHECK(hint_for("GB300 NVL72") ==
          "that is a rack of 72: write gb300x72 for all of it, or gb300 for one GPU");
    CHECK(hint_for("gb200-nvl72x2").starts_with("that is a rack of 72: "));
    CHECK(hint_for("b999-nvl72").find("rack") == std::string::npos);
    CHECK(Catalog().device("h100-nvl")->id == "h100-nvl");
}

TEST_CASE("a size that is another device is named, also where nothing has modes") {
    CHECK(hint_for("a100:40gb") == "did you mean a100-pcie-40gb or a100-sxm-40gb?");
    CHECK(hint_for("h100:9gb") == "write `hw h100-sxm`");
}

TEST_CASE("a count in front, a list and a slip are told apart") {
    CHECK(hint_for("8xh100") == "the count stands behind: h100x8");
    CHECK(hint_for("h100,h200").starts_with("one device at a time; "));
    CHECK(hint_for("h1000").starts_with("did you mean h100"));
}

}  // namespace unknown_device_test
