#include "roofline/search/axis.hpp"

#include "roofline/search/space.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace axis_test {

using namespace roofline;

namespace {

Axis axis(std::string_view field, std::string_view text) {
    Catalog catalog;
    return {*find_field(field), text, "--" + std::string(field), catalog};
}

std::vector<double> numbers(std::string_view field, std::string_view text) {
    const Axis values = axis(field, text);
    std::vector<double> result;
    for (std::uint64_t i = 0; i < values.size(); ++i)
        result.push_back(std::get<double>(values.value(i)));
    return result;
}

using Texts = std::vector<double>;

}  // namespace

TEST_CASE("a range without a step doubles: 1..128 has 8 values, 1..100 ends at 64") {
    CHECK(numbers("batch", "1..128") == Texts{1, 2, 4, 8, 16, 32, 64, 128});
    CHECK(numbers("batch", "1..100").back() == 64);
    CHECK(numbers("context", "1k..8k") == Texts{1024, 2048, 4096, 8192});
    CHECK(numbers("batch", "3..3") == Texts{3});
}

TEST_CASE("a range with a step: 1..128:+16 is 1, 17 … 113, lengths step in their k") {
    CHECK(numbers("batch", "1..128:+16") == Texts{1, 17, 33, 49, 65, 81, 97, 113});
    CHECK(numbers("isl", "1k..4k:+1k") == Texts{1024, 2048, 3072, 4096});
    CHECK(numbers("utilization", "20%..60%:+0.2").size() == 3);
}

TEST_CASE("lists hold values and ranges") {
    CHECK(numbers("batch", "1, 3,8..32,100") == Texts{1, 3, 8, 16, 32, 100});
    CHECK(axis("hw", "h100,b200x8").size() == 2);
    CHECK(std::get<DeviceChoice>(axis("hw", "h100,b200x8").value(1)).count == 8);
    CHECK(axis("quant", "bf16,fp8").size() == 2);
}

TEST_CASE("an axis of 10^12 values is counted and not listed") {
    const Axis values = axis("batch", "1..1000000000000:+1");
    CHECK(values.size() == 1'000'000'000'000);
    CHECK(std::get<double>(values.value(999'999'999'999)) == 1e12);
}

TEST_CASE("more points than can be counted are refused") {
    Space space;
    for (int i = 0; i < 2; ++i) space.axes.push_back(axis("batch", "1..1000000000000:+1"));
    CHECK(fault_of([&] { static_cast<void>(space.size()); }).code == ErrorCode::bad_count);
}

TEST_CASE("empty, reversed and endless ranges say what to write") {
    const auto fault = [](std::string_view field, std::string_view text) {
        return fault_of([&] { axis(field, text); });
    };
    for (const std::string_view text : {"8..1", "1..", "..8", "1,,2", "1..8:+0", "1..8:2", ","})
        CHECK(fault("batch", text).code == ErrorCode::bad_count);
    CHECK(fault("batch", "8..1").hint == "write 1..8");
    CHECK(fault("prefix-hit", "0..0.5").code == ErrorCode::bad_count);
    CHECK(fault("hw", "h100,h1000").code == ErrorCode::unknown_device);
    CHECK(fault("batch", "1..x").code == ErrorCode::bad_number);
}

TEST_CASE("only fields that take numbers have ranges, every field has lists") {
    CHECK(is_ranged(*find_field("batch"), "1..8"));
    CHECK(is_ranged(*find_field("hw"), "h100,h200"));
    CHECK_FALSE(is_ranged(*find_field("hw"), "../device.json"));
    CHECK_FALSE(is_ranged(*find_field("batch"), "8"));
}

}  // namespace axis_test
