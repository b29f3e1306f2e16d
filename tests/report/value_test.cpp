#include "report/value.hpp"

#include "catch.hpp"
#include "report/format.hpp"

#include <limits>

namespace value_test {

using namespace roofline;

TEST_CASE("a key is its name and its unit, once") {
    Record record;
    record.add("tpot", 9 * millisecond)
        .add("weights", 16 * gigabyte)
        .add("flops", 2 * flop)
        .add("ridge", 295 * flop / byte)
        .add("", Measure(2 * dollar / hour, Currency::eur));
    CHECK(record.find("tpot_s") != nullptr);
    CHECK(record.find("weights_bytes") != nullptr);
    CHECK(record.find("flops") != nullptr);
    CHECK(record.find("ridge_flop_per_byte") != nullptr);
    CHECK(record.find("eur_per_hour") != nullptr);
}

TEST_CASE("an unknown quantity is null under the key of a known one") {
    Record record;
    record.add("power", std::optional<Watts>());
    REQUIRE(record.find("power_w") != nullptr);
    CHECK(record.find("power_w")->is_null());
}

TEST_CASE("paths step through members and lists") {
    Record ridge;
    ridge.add("ridge", 295 * flop / byte);
    Record result;
    result.add("ridges", List{ridge});
    Record root;
    root.add("result", result);
    CHECK(value_at(root, "result.ridges[0].ridge_flop_per_byte") != nullptr);
    for (const std::string_view path : {"result.ridges[1]", "result.ridges[x]", "result.ridges[0",
                                        "result.", "", "result.ridges.ridge", "result[0]"})
        CHECK(value_at(root, path) == nullptr);
}

TEST_CASE("numbers leave in base units with every digit, whole ones without a point") {
    CHECK(raw_text(Value(1.0 / 3)) == "0.3333333333333333");
    CHECK(raw_text(Value(4096.0)) == "4096");
    CHECK(raw_text(Value(3.35 * terabyte / second)) == "3350000000000");
    CHECK(raw_text(Value(2.95 * dollar / hour)) == "2.95");
    CHECK(raw_text(Value("text")) == "text");
    CHECK(raw_text(Value(true)) == "true");
}

TEST_CASE("NaN and infinity become null in JSON") {
    Record record;
    record.add("x", std::numeric_limits<double>::quiet_NaN())
        .add("y", std::numeric_limits<double>::infinity());
    CHECK(json_text(Value(record)) == "{\n  \"x\": null,\n  \"y\": null\n}\n");
}

TEST_CASE("a key says what its numbers count by the longest unit it ends in") {
    CHECK(dimension_of("tpot_s") == dimension::second);
    CHECK(dimension_of("tokens_per_s") == dimension::token_per_second);
    CHECK(dimension_of("memory_bytes") == dimension::byte);
    CHECK(dimension_of("bandwidth_bytes_per_s") == dimension::byte_per_second);
    CHECK(dimension_of("batch") == dimension::none);
    CHECK(dimension_of("gpus") == dimension::none);
}

}  // namespace value_test
