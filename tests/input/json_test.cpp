#include "input/json.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"

namespace json_test {

using namespace roofline;

namespace {

JsonDocument parse(std::string text, JsonDialect dialect = JsonDialect::strict) {
    return parse_json({.name = "x.json", .text = std::move(text)}, dialect);
}

std::string fault_of(std::string text, JsonDialect dialect = JsonDialect::strict) {
    try {
        parse(std::move(text), dialect);
    } catch (const UserError& error) {
        return message_text(error.fault());
    }
    return "no error";
}

}  // namespace

TEST_CASE("values, kinds and the places where they stand") {
    const JsonDocument document = parse("{\n  \"a\": [1, true, null, \"x\\\"y\"],\n  \"b\": {}}");
    const JsonValue& list = *document.root.find("a");
    REQUIRE(list.array()->size() == 4);
    CHECK(*(*list.array())[0].number() == 1);
    CHECK(*(*list.array())[1].boolean());
    CHECK((*list.array())[2].is_null());
    CHECK(*(*list.array())[3].text() == "x\"y");
    const Location where = locate(document.source, (*list.array())[3].offset);
    CHECK(where.line == 2);
    CHECK(where.column == 24);
    CHECK(locate(document.source, document.root.find("b")->offset).line == 3);
}

TEST_CASE("a key that stands twice is an error that names both lines") {
    CHECK(fault_of("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}") ==
          "x.json:3:2: key 'a' stands here twice, first in line 1");
}

TEST_CASE("strict JSON has no comments, no trailing comma and no NaN") {
    CHECK(fault_of("{\"a\": 1,}") == "x.json:1:9: expected a key in double quotes, found '}'");
    CHECK(fault_of("[1,]") == "x.json:1:4: expected a value, found ']'");
    CHECK(fault_of("// x\n{}") == "x.json:1:1: expected a value, found '//'");
    CHECK(fault_of("[NaN]") == "x.json:1:2: expected a value, found 'NaN'");
}

TEST_CASE("commented JSON reads comments and one trailing comma, and keeps positions") {
    const JsonDocument document =
        parse("{ // one\n  \"a\": [1, 2,], /* two */ \"u\": \"// no comment\",\n}",
              JsonDialect::commented);
    CHECK(document.root.find("a")->array()->size() == 2);
    CHECK(*document.root.find("u")->text() == "// no comment");
    CHECK(locate(document.source, document.root.find("u")->offset).column == 32);
    CHECK(fault_of("[,]", JsonDialect::commented) == "x.json:1:3: expected a value, found ']'");
    CHECK(fault_of("[1,,]", JsonDialect::commented) != "no error");
    CHECK(fault_of("{} /* open", JsonDialect::commented) != "no error");
    CHECK(fault_of("[NaN]", JsonDialect::commented) != "no error");
}

TEST_CASE("lenient JSON makes bare NaN and Infinity null, never zero") {
    const JsonDocument document =
        parse("[NaN, Infinity, -Infinity, 0.0, \"NaN\", -1.5]", JsonDialect::lenient);
    const auto& list = *document.root.array();
    CHECK(list[0].is_null());
    CHECK(list[1].is_null());
    CHECK(list[2].is_null());
    CHECK(*list[3].number() == 0);
    CHECK(*list[4].text() == "NaN");
    CHECK(*list[5].number() == -1.5);
}

TEST_CASE("a word that only begins or ends like NaN is refused as it was written") {
    CHECK(fault_of("{\"a\": 12NaN}", JsonDialect::lenient) ==
          "x.json:1:9: expected ',' or '}' before 'NaN'");
    CHECK(fault_of("[NaN5]", JsonDialect::lenient) == "x.json:1:2: expected a value, found 'NaN5'");
    CHECK(fault_of("[NaN Infinity]", JsonDialect::lenient) ==
          "x.json:1:6: expected ',' or ']' before 'Infinity'");
}

TEST_CASE("a long list of fractions is read in one pass") {
    std::string text = "[0.5";
    for (int i = 1; i < 400'000; ++i) text += ",0.5";
    CHECK(parse(text + "]", JsonDialect::lenient).root.array()->size() == 400'000);
}

TEST_CASE("a missing comma is said where the line should have ended") {
    try {
        parse("{\n  \"a\": 1\n  \"b\": 2\n}");
        FAIL("no error");
    } catch (const UserError& error) {
        CHECK(message_text(error.fault()) == "x.json:3:3: expected ',' or '}' before a string");
        CHECK(error.fault().hint == "a comma is missing at the end of line 2");
    }
}

TEST_CASE("broken JSON is refused with its place") {
    CHECK(fault_of("{\"a\" 1}") == "x.json:1:6: expected ':' after this key, found '1'");
    CHECK(fault_of("{\"a\": tru}") == "x.json:1:7: expected a value, found 'tru'");
    CHECK(fault_of("{\"a\": \"open}") ==
          "x.json:1:7: this string is not closed or holds a character that JSON forbids");
    CHECK(fault_of("{\"a\": 1") == "x.json:1:8: the file ends in the middle of a value");
    CHECK(fault_of("{} {}") == "x.json:1:4: '{' stands after the end of the JSON value");
    CHECK(fault_of("[1e400]") == "x.json:1:2: '1e400' is beyond what a number can hold");
    CHECK(fault_of("{a: 1}") == "x.json:1:2: expected a key in double quotes, found 'a'");
}

TEST_CASE("nesting is bounded") {
    CHECK(fault_of(std::string(100'000, '[')) == "x.json:1:65: nested deeper than 64 levels");
    CHECK(parse(std::string(64, '[') + std::string(64, ']')).root.array() != nullptr);
}

TEST_CASE("no prefix of a document crashes or passes") {
    const std::string whole = "{\"a\": [1.5e3, -0, \"\\u00e9\\n\", true], \"b\": {\"c\": null}}";
    for (std::size_t length = 0; length < whole.size(); ++length)
        for (const JsonDialect dialect :
             {JsonDialect::strict, JsonDialect::commented, JsonDialect::lenient})
            CHECK(fault_of(whole.substr(0, length), dialect) != "no error");
    CHECK(fault_of(whole) == "no error");
}

TEST_CASE("a NUL byte ends no file: it is refused where it stands, in every dialect") {
    using namespace std::string_literals;
    for (const JsonDialect dialect :
         {JsonDialect::strict, JsonDialect::commented, JsonDialect::lenient}) {
        CHECK(fault_of("{\"a\": 1}\n\0{\"a\": 2}"s, dialect) ==
              "x.json:2:1: a NUL byte stands here: this is no text");
        CHECK(fault_of("{\"a\": \"b\0c\"}"s, dialect) != "no error");
        CHECK(fault_of("{\"a\": 1} // \0"s, dialect) != "no error");
        CHECK(fault_of("\0{}"s, dialect) != "no error");
        CHECK(fault_of("{\"a\": 1}\0"s, dialect) != "no error");
    }
    CHECK(parse("\"\\u0000\"").root.text()->size() == 1);
}

TEST_CASE("numbers have the magnitudes of numbers in texts, but not those that other tools write") {
    for (const std::string number : {"1e308", "-1e308", "1.1e30", "1e-310", "5e-324", "-1e-31",
                                     "1e-400", "0.1e-400", "1e-30000"}) {
        INFO(number);
        CHECK(fault_of("[" + number + "]").find("to compute with") != std::string::npos);
        CHECK(fault_of("[1, " + number + "]", JsonDialect::commented).starts_with("x.json:1:5: "));
        CHECK(fault_of("[" + number + "]", JsonDialect::lenient) == "no error");
    }
    for (const std::string number :
         {"1e30", "-1e30", "1.1e-30", "0", "-0.0", "0e400", "0.0e-400", "9007199254740993"}) {
        INFO(number);
        CHECK(fault_of("[" + number + "]") == "no error");
    }
}

TEST_CASE("what a file takes in memory is known beforehand: bytes and values are counted") {
    const auto zeros = [](std::size_t count) {
        std::string text = "[0";
        for (std::size_t i = 1; i < count; ++i) text += ",0";
        return text + "]";
    };
    CHECK(fault_of(zeros(most_json_values - 1)) == "no error");
    CHECK(fault_of(zeros(most_json_values)).ends_with("the file holds more than 1000000 values"));
    CHECK(fault_of("[" + std::string(largest_json_bytes, ' ') + "]") ==
          "x.json:1:1: this JSON is larger than 16 MiB");
    CHECK(sizeof(JsonMember) <= 96);
}

}  // namespace json_test
