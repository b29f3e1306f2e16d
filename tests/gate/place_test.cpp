#include "gate/place.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "gate/budget_keys.hpp"

namespace place_test {

using namespace roofline;
using namespace roofline::gate;

namespace {

// One member a line, each value in column 8.
const std::string members = R"({ "a": "",
  "b": "text",
  "c": -2,
  "d": 2.5,
  "e": {},
  "f": [ null, true ]
})";

JsonDocument document() {
    return parse_json({.name = "b.json", .text = members}, JsonDialect::strict);
}

// "b.json:3:8: 'c' must be above 0, found -2", of a call that is given the member's value.
template <typename Read>
std::string refused(std::string_view key, Read read) {
    const JsonDocument from = document();
    const Fault fault = fault_of([&] { read(from, *from.root.find(key)); });
    CHECK(fault.code == ErrorCode::bad_budget_value);
    return message_text(fault);
}
std::string not_text(std::string_view key) {
    return refused(key, [](const auto& from, const auto& value) { text_of(from, value, "it"); });
}
std::string not_number(std::string_view key) {
    return refused(key, [](const auto& from, const auto& value) { number_of(from, value, "it"); });
}
std::string not_object(std::string_view key) {
    return refused(key, [](const auto& from, const auto& value) { object_of(from, value, "it"); });
}

// What becomes of a fault that reading the value of "b" throws.
Fault placed_fault(const Fault& thrown) {
    const JsonDocument from = document();
    return fault_of(
        [&] { placed(from, *from.root.find("b"), [&]() -> int { throw UserError(thrown); }); });
}

}  // namespace

TEST_CASE("a place is line and column, without the line itself") {
    const Location where = place_of(document(), members.find("2.5"));
    CHECK(place_text(where) == "b.json:4:8");
    CHECK(where.snippet.empty());
    CHECK(where.pointer.empty());
}

TEST_CASE("a string is not empty, a number above 0, an object an object") {
    const JsonDocument from = document();
    CHECK(text_of(from, *from.root.find("b"), "it") == "text");
    CHECK(number_of(from, *from.root.find("d"), "it") == 2.5);
    CHECK(object_of(from, *from.root.find("e"), "it").empty());
    CHECK(not_text("a") == "b.json:1:8: it is an empty string");
    CHECK(not_text("d") == "b.json:4:8: it must be a string, found a number");
    CHECK(not_number("c") == "b.json:3:8: it must be above 0, found -2");
    CHECK(not_number("b") == "b.json:2:8: it must be a number, found a string");
    CHECK(not_object("f") == "b.json:6:8: it must be an object, found an array");
}

TEST_CASE("a key that is none is refused with the nearest, or with all of them alone") {
    const JsonDocument from = document();
    const JsonMember& member = from.root.object()->at(1);
    const auto refused_among = [&](const std::vector<std::string_view>& known) {
        return fault_of([&] { refuse_key(from, member, "key", "the lot", known); });
    };
    const Fault near = refused_among({"bb", "max"});
    CHECK(near.code == ErrorCode::unknown_budget_key);
    CHECK(message_text(near) ==
          "b.json:2:3: unknown key 'b' in the lot. Did you mean bb? Known: bb max");
    CHECK(refused_among({"max", "min"}).message == "unknown key 'b' in the lot. Known: max min");
}

TEST_CASE("a fault without a place gets the value's, speaks of keys, and is no wrong usage") {
    const Fault usage = placed_fault({.code = ErrorCode::bad_number,
                                      .message = "`kv-dtype fp3` is none",
                                      .hint = "write `price '$2/h'`"});
    CHECK(usage.code == ErrorCode::bad_budget_value);
    CHECK(message_text(usage) == "b.json:2:8: 'kv_dtype' fp3 is none");
    CHECK(usage.hint == R"(write "price": "$2/h")");
    CHECK(placed_fault({.code = ErrorCode::unknown_model, .message = "none"}).code ==
          ErrorCode::unknown_model);
}

TEST_CASE("a fault that has a place keeps it, and its code and words") {
    const Fault fault = placed_fault({.code = ErrorCode::bad_number,
                                      .message = "`tp 3`",
                                      .where = {.file = "config.json", .line = 9}});
    CHECK(fault.code == ErrorCode::bad_number);
    CHECK(message_text(fault) == "config.json:9: `tp 3`");
}

TEST_CASE("what reads without a fault is returned, and a refusal keeps its hint") {
    const JsonDocument from = document();
    CHECK(placed(from, from.root, [] { return 7; }) == 7);
    const Fault fault =
        fault_of([&] { refuse(from, 0, ErrorCode::nothing_judged, "nothing", "add a limit"); });
    CHECK(fault.code == ErrorCode::nothing_judged);
    CHECK(place_text(fault.where) == "b.json:1:1");
    CHECK(fault.hint == "add a limit");
}

TEST_CASE("a row of a table is found by its text alone") {
    REQUIRE(find_key(limit_keys, "skip_until") != nullptr);
    CHECK(find_key(limit_keys, "skip_until")->name == LimitKey::skip_until);
    CHECK(find_key(limit_keys, "skip-until") == nullptr);
    std::vector<std::string_view> names{"first"};
    append_names(target_keys, names);
    CHECK(names == std::vector<std::string_view>{"first", "name", "limits", "basis", "calibration",
                                                 "warn_at", "accept_unread_keys"});
}

}  // namespace place_test
