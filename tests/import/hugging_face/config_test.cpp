#include "import/hugging_face/config.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace config_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

JsonDocument document(std::string text) {
    return parse_json({.name = "c.json", .text = std::move(text)}, JsonDialect::lenient);
}

// What reading the member "x" so says, of the value that it has.
template <typename Read>
Fault fault_of_x(const std::string& value, Read read) {
    const JsonDocument text = document("{\"x\": " + value + "}");
    Config config(text);
    return fault_of([&] { read(config); });
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a member by the first of its names that is there and not null") {
    const JsonDocument text = document(
        R"({"a": null, "b": 2, "c": 3, "s": "word", "f": true, "n": [1, true, false], "t": ["x"]})");
    Config config(text);
    CHECK(config.number({"a", "b", "c"}) == 2.0);
    CHECK(config.number({"c", "b"}) == 3.0);
    CHECK_FALSE(config.number({"a", "missing"}));
    CHECK(config.text({"s"}) == "word");
    CHECK(config.flag({"f"}) == true);
    CHECK(config.numbers({"n"}) == std::vector<double>{1, 1, 0});
    CHECK(config.texts({"t"}) == Words{"x"});
    CHECK_FALSE(config.text({"missing"}));
    CHECK_FALSE(config.flag({"missing"}));
    CHECK(config.numbers({"missing"}).empty());
    CHECK(config.texts({"missing"}).empty());
}

TEST_CASE("the section of the language model goes before the top level") {
    for (const std::string name :
         {"text_config", "llm_config", "language_config", "thinker_config"}) {
        const JsonDocument text =
            document(R"({"a": 1, "b": 2, "model_type": "outer", ")" + name + R"(": {"a": 7}})");
        Config config(text);
        CHECK(config.number({"a"}) == 7.0);
        CHECK(config.number({"b"}) == 2.0);
        CHECK(config.number({"b", "a"}) == 7.0);  // any name of the section before all of the top
        CHECK(config.family() == "outer");
    }
    const JsonDocument other =
        document(R"({"a": 1, "text_config": [2], "vision_config": {"a": 3}})");
    CHECK(Config(other).number({"a"}) == 1.0);
    CHECK(Config(other).family().empty());
}

TEST_CASE("a value of another kind is refused at its place: E331") {
    const Fault fault = fault_of_x("\"7\"", [](Config& c) { c.number({"y", "x"}); });
    CHECK(fault.code == ErrorCode::unsupported_config);
    CHECK(fault.message == "'x' must be a number from 0 to 1e12, found a string");
    CHECK(place_text(fault.where) == "c.json:1:7");
    CHECK(fault.where.snippet.empty());
    CHECK(fault_of_x("-1", [](Config& c) { c.number({"x"}); }).message ==
          "'x' must be a number from 0 to 1e12, found -1");
    CHECK(fault_of_x("2e12", [](Config& c) { c.number({"x"}); }).message ==
          "'x' must be a number from 0 to 1e12, found 2000000000000");
    CHECK(fault_of_x("7", [](Config& c) { c.text({"x"}); }).message ==
          "'x' must be a string, found 7");
    CHECK(fault_of_x("1", [](Config& c) { c.flag({"x"}); }).message ==
          "'x' must be true or false, found 1");
    CHECK(fault_of_x("{}", [](Config& c) { c.numbers({"x"}); }).message ==
          "'x' must be a list of numbers, found an object");
    CHECK(fault_of_x("[\"1\"]", [](Config& c) { c.numbers({"x"}); }).message ==
          "'x' must be a list of numbers, found an array");
    CHECK(fault_of_x("[1]", [](Config& c) { c.texts({"x"}); }).message ==
          "'x' must be a list of names, found an array");
}

TEST_CASE("what is required and missing is collected, once each, and said in the end") {
    const JsonDocument text = document(R"({"model_type": "novel", "zero": 0})");
    Config config(text);
    CHECK_NOTHROW(config.refuse_missing());
    CHECK(config.required({"a", "b", "c"}) == 1);
    CHECK(config.required({"zero"}) == 1);
    CHECK(config.required({"zero"}) == 1);
    const Fault fault = fault_of([&] { config.refuse_missing(); });
    CHECK(fault.code == ErrorCode::unsupported_config);
    CHECK(fault.message ==
          "model_type 'novel': these fields are missing: a (also tried b, c), zero");
    CHECK(fault.hint ==
          "a model can be described by hand in a file of schema roofline/model/1: `catalog FILE`");
    CHECK(fault.where.file == "c.json");
    const JsonDocument bare = document("{}");
    Config untyped(bare);
    untyped.required({"a"});
    CHECK(fault_of([&] { untyped.refuse_missing(); }).message ==
          "this is no model configuration that roofline knows; these fields are missing: a");
}

TEST_CASE("numbers of layers: one for all, one each, equal ones, or a text of them") {
    const JsonDocument text = document(
        R"({"same": [4, 4], "each": [1, null, 3], "one": 7, "text": "4,5,6", "in": {"side": 2}})");
    Config config(text);
    CHECK(config.number({"same"}) == 4);
    CHECK(fault_of([&] { config.number({"each"}); }).message.find("'each'") == 0);
    CHECK(config.number_at({"each"}, 2) == 3);
    CHECK_FALSE(config.number_at({"each"}, 1));
    CHECK(config.number_at({"one"}, 9) == 7);
    CHECK(fault_of([&] { config.number_at({"same"}, 2); }).message ==
          "'same' names 2 layers, but there are more");
    CHECK(config.numbers({"text"}) == std::vector<double>{4, 5, 6});
    CHECK(config.number({"in.side"}) == 2);
    CHECK(config.asked_inside("in"));
}

TEST_CASE("remarks are taken once, in their order") {
    const JsonDocument text = document("{}");
    Config config(text);
    config.remark("first");
    config.remark("second");
    config.remark("first");
    CHECK(config.take_remarks() == Words{"first", "second"});
    CHECK(config.take_remarks().empty());
}

}  // namespace config_test
