#include "error/shortened.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"

namespace shortened_test {

using namespace roofline;

TEST_CASE("a quote ends after 200 characters, the words around it stay") {
    const std::string name(100'000, 'x');
    CHECK(shortened("unknown key '" + name + "' in target's 'b'") ==
          "unknown key '" + name.substr(0, 200) + "…' in target's 'b'");
    CHECK(shortened("open '" + name) == "open '" + name.substr(0, 200) + "…");
    const std::string just(200, 'y');
    CHECK(shortened("unknown key '" + just + "'") == "unknown key '" + just + "'");
}

TEST_CASE("a character is not cut in two, and what is short stays as it is") {
    std::string name;
    for (int i = 0; i < 150; ++i) name += "é";
    CHECK(shortened("x'" + name + "'") == "x'" + name + "'");  // belongs to no quote
    CHECK(shortened("a '" + name + "'") == "a '" + name.substr(0, 200) + "…'");
    CHECK(shortened("a 'z" + name + "'") == "a 'z" + name.substr(0, 198) + "…'");
    CHECK(shortened("the model's 'b'") == "the model's 'b'");
}

TEST_CASE("a long text without quotes is cut in its middle, and so is every error") {
    const std::string text = "begins " + std::string(30'000'000, 'x') + " ends";
    const std::string cut = shortened(text);
    CHECK(cut.size() < 4100);
    CHECK(cut.starts_with("begins xx"));
    CHECK(cut.ends_with("xx ends"));
    const UserError error(
        {.message = text, .hint = text, .where = {.file = "f", .pointer = "/" + text}});
    CHECK(error.fault().message.size() < 4100);
    CHECK(error.fault().hint.size() < 4100);
    CHECK(std::string_view(error.what()).size() < 9000);
}

}  // namespace shortened_test
