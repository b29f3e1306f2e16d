#include "input/json_object.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <array>

namespace json_object_test {

using namespace roofline;

namespace {

JsonDocument parse(std::string text) {
    return parse_json({.name = "x.json", .text = std::move(text)}, JsonDialect::strict);
}

}  // namespace

TEST_CASE("members are read by name and kind") {
    const JsonDocument document = parse(
        R"({"t": "x", "n": 2.5, "w": 3, "o": {"k": "v"}, "l": ["a", "b"], "z": null, "b": true})");
    JsonObject object(document);
    CHECK(object.text("t") == "x");
    CHECK(object.positive("n") == 2.5);
    CHECK(object.whole("w") == 3);
    CHECK(object.object("o").text("k") == "v");
    CHECK(object.texts("l") == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(object.optional_text("z"));
    CHECK(object.optional_boolean("b").value());
    object.done();
}

TEST_CASE("a key that nobody asked for is refused, with the one that was meant") {
    const JsonDocument document = parse("{\"precision\": \"x\",\n \"bandwith\": 1}");
    JsonObject object(document);
    object.text("precision");
    object.optional_positive("bandwidth");
    const Fault fault = fault_of([&] { object.done(); });
    CHECK(message_text(fault) == "x.json:2:2: /bandwith: unknown key 'bandwith'");
    CHECK(fault.hint == "did you mean bandwidth?");
}

TEST_CASE("a missing key suggests from those present") {
    const JsonDocument document = parse("{\"nam\": 1}");
    JsonObject object(document);
    const Fault fault = fault_of([&] { object.text("name"); });
    CHECK(message_text(fault) == "x.json:1:1: 'name' is missing");
    CHECK(fault.hint == "did you mean nam?");
}

TEST_CASE("wrong kinds and impossible numbers are refused at their place") {
    const JsonDocument document = parse(R"({"a": {"n": -1, "t": 5, "h": 1.5}})");
    JsonObject inner = JsonObject(document).object("a");
    CHECK(message_text(fault_of([&] { inner.positive("n"); })) ==
          "x.json:1:13: /a/n: 'n' must be above 0, found -1");
    CHECK(message_text(fault_of([&] { inner.text("t"); })) ==
          "x.json:1:22: /a/t: 't' must be a string, found a number");
    CHECK(message_text(fault_of([&] { inner.whole("h"); })) ==
          "x.json:1:30: /a/h: 'h' must be a whole number from 1 up, found 1.5");
}

TEST_CASE("a choice is one of its names") {
    const JsonDocument document = parse(R"({"kind": "gpuu"})");
    JsonObject object(document);
    const std::array<std::string_view, 2> kinds{"gpu", "cpu"};
    const Fault fault = fault_of([&] { object.choice("kind", kinds); });
    CHECK(fault.message == "unknown kind 'gpuu'");
    CHECK(fault.hint == "did you mean gpu?");
}

TEST_CASE("of many members each is found, the last one too, and the one that is left is named") {
    std::string text = "{";
    for (int i = 0; i < 500; ++i) text += "\"k" + std::to_string(i * 7 % 500) + "\": 1, ";
    const JsonDocument document =
        parse_json({.name = "f.json", .text = text + "\"last\": 2}"}, JsonDialect::strict);
    JsonObject object(document);
    for (int i = 0; i < 500; ++i) CHECK(object.positive("k" + std::to_string(i)) == 1);
    CHECK(object.find("k500") == nullptr);
    CHECK_THROWS_AS(object.done(), UserError);
    CHECK(object.positive("last") == 2);
    object.done();
    CHECK(object.looked_at() < 501 * 50);  // not 501 * 501
}

}  // namespace json_object_test
