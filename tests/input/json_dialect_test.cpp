#include "input/json_dialect.hpp"

#include "catch.hpp"

namespace json_dialect_test {

using namespace roofline;

namespace {

std::string commented(std::string_view text) {
    return to_strict_json(text, JsonDialect::commented);
}

std::string lenient(std::string_view text) { return to_strict_json(text, JsonDialect::lenient); }

}  // namespace

TEST_CASE("comments become blanks of the same length, lines stay where they are") {
    CHECK(commented("{} // no\n[]") == "{}      \n[]");
    CHECK(commented("[1, // one") == "[1,       ");
    CHECK(commented("[/* a\nb */1]") == "[    \n    1]");
    CHECK(commented("[1 /* a */ /* b */]") == "[1                ]");
    // One that is not closed stays, for the parser to stop at.
    CHECK(commented("[1 /* a]") == "[1 /* a]");
}

TEST_CASE("a comma before a bracket that closes becomes a blank, if a value stands before it") {
    CHECK(commented("[1, 2, ]") == "[1, 2  ]");
    CHECK(commented("{\"a\": 1,\n}") == "{\"a\": 1 \n}");
    CHECK(commented("[1, // last\n]") == "[1         \n]");
    CHECK(commented("[[1,],]") == "[[1 ] ]");
    CHECK(commented("[\"a\",]") == "[\"a\" ]");
    CHECK(commented("[1,,]") == "[1,,]");
    CHECK(commented("[,]") == "[,]");
    CHECK(commented("{,}") == "{,}");
}

TEST_CASE("what stands in a string is text") {
    const std::string text = R"({"a //": "/* b */", "c\"//": ",]", "d\\": "NaN"})";
    CHECK(commented(text) == text);
    CHECK(lenient(text) == text);
    CHECK(commented("[\"open // ") == "[\"open // ");
}

TEST_CASE(
    "bare NaN and Infinity become numbers as long as they are, in the lenient dialect alone") {
    CHECK(lenient("[NaN, Infinity, -Infinity]") == "[0e0, 0e000000, -0e000000]");
    CHECK(lenient("{\"a\":NaN}") == "{\"a\":0e0}");
    CHECK(lenient("NaN") == "0e0");
    CHECK(lenient("[NaN,]") == "[0e0 ]");
    CHECK(commented("[NaN]") == "[NaN]");
}

TEST_CASE("a word that only begins or ends like NaN, or stands where no value may, stays") {
    CHECK(lenient("[NaN1]") == "[NaN1]");
    CHECK(lenient("[Infinitys]") == "[Infinitys]");
    CHECK(lenient("[12NaN]") == "[12NaN]");
    CHECK(lenient("[1 NaN]") == "[1 NaN]");
    CHECK(lenient("{NaN: 1}") == "{NaN: 1}");
    CHECK(lenient("[nan]") == "[nan]");
}

TEST_CASE("a comment ends with its line, whatever ends a line") {
    for (const std::string end : {"\n", "\r", "\r\n", "\u2028", "\u2029"}) {
        const std::string text = "{ // agreed:" + end + "\"max\": 1}";
        const std::string strict = to_strict_json(text, JsonDialect::commented);
        CHECK(strict.size() == text.size());
        CHECK(strict.ends_with("\"max\": 1}"));
        CHECK(strict.find("agreed") == std::string::npos);
    }
    const std::string block = "{ /* a \r b \u2028 c */ \"max\": 1}";
    CHECK(to_strict_json(block, JsonDialect::commented).find_first_of("abc") == block.find("ax\""));
}

}  // namespace json_dialect_test
