#include "error/choice.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <array>

namespace choice_test {

using namespace roofline;

namespace {

constexpr std::array<std::string_view, 3> fruits{"apple", "pear", "cherry"};

struct Fruit {
    int number;
    std::string_view name;
};

}  // namespace

TEST_CASE("a choice is its place among the names") {
    CHECK(choice("apple", "--fruit", "fruit", fruits) == 0);
    CHECK(choice("cherry", "--fruit", "fruit", fruits) == 2);
}

TEST_CASE("what is none is refused with the nearest name, or with all of them: E106") {
    const Fault near = fault_of([] { choice("chery", "--fruit", "fruit", fruits); });
    CHECK(near.code == ErrorCode::bad_choice);
    CHECK(near.message == "--fruit: 'chery' is no fruit");
    CHECK(near.hint == "did you mean cherry?");
    const Fault far = fault_of([] { choice("x", "--fruit", "fruit", fruits); });
    CHECK(far.hint == "it is apple, pear or cherry");
    CHECK(fault_of([] { choice("", "--fruit", "fruit", fruits); }).code == ErrorCode::bad_choice);
}

TEST_CASE("without a noun it is none") {
    CHECK(no_choice("rock", "'kind'", "", fruits).message == "'kind': 'rock' is none");
}

TEST_CASE("names of a table stand in the order of its rows") {
    const std::vector<Fruit> rows{{2, "two"}, {1, "one"}};
    CHECK(names_of(rows, &Fruit::name) == std::vector<std::string_view>{"two", "one"});
}

}  // namespace choice_test
