#include "catch.hpp"
#include "error/dialect.hpp"
#include "fault.hpp"
#include "gate/sources.hpp"

namespace budget_reader_test {

using namespace roofline;

namespace {

constexpr std::string_view targets =
    R"("targets": [{ "name": "a", "model": "llama-3.1-8b", "hw": "h100",)"
    R"( "limits": { "gpus": { "max": 4 } } }])";

Budget budget_of(const std::string& text) {
    Catalog catalog;
    return read_budget({.name = "folder/b.json", .text = text}, catalog);
}

// Of a budget of version 1 with these members before its targets.
Budget with(const std::string& members) {
    return budget_of(R"({ "version": 1, )" + members + std::string(targets) + " }");
}

// "E352 b.json:1:14: …" and the hint in brackets.
template <typename Call>
std::string said(Call call) {
    const Fault fault = fault_of(call);
    const std::string next = hint_text(fault);
    const std::string hint = next.empty() ? "" : " (" + next + ")";
    return code_name(fault.code) + " " + message_text(fault) + hint;
}

std::string refusal(const std::string& text) {
    return said([&] { budget_of(text); });
}
std::string refusal_with(const std::string& members) {
    return said([&] { with(members); });
}

}  // namespace

TEST_CASE("a budget without baseline and age has its targets, and no more") {
    const Budget budget = with("");
    CHECK(budget.file == "folder/b.json");
    CHECK(budget.baseline.empty());
    CHECK_FALSE(budget.max_price_age);
    REQUIRE(budget.targets.size() == 1);
    CHECK(budget.targets[0].name == "a");
    CHECK(place_text(budget.targets[0].where) == "folder/b.json:1:39");
}

TEST_CASE("comments, a schema and a trailing comma are read; 12 weeks are 84 days") {
    const Budget budget = with(R"("$schema": "any", // of this file
        "max_price_age": "12w", "baseline": "/tmp/old.json",)");
    CHECK(budget.max_price_age == 84.0);
    CHECK(budget.baseline == "/tmp/old.json");
    CHECK(with(R"("max_price_age": "90d", )").max_price_age == 90.0);
}

TEST_CASE("a version is needed, and it is 1") {
    CHECK(refusal("{}") == R"(E352 folder/b.json:1:1: 'version' is missing. Write "version": 1)");
    CHECK(refusal(R"({ "version": 1.5 })") ==
          "E352 folder/b.json:1:14: version 1.5 is not known here: this roofline reads version 1");
    CHECK(refusal(R"({ "version": "1" })") ==
          "E352 folder/b.json:1:14: 'version' must be a number, found a string");
}

TEST_CASE("a budget judges something: targets are an array with something in it") {
    const std::string start =
        " (a budget to start from: roofline check --init --model llama-3.1-8b --hw h100)";
    CHECK(refusal(R"({ "version": 1 })") ==
          "E353 folder/b.json:1:1: 'targets' is missing: nothing would be judged" + start);
    CHECK(refusal(R"({ "version": 1, "targets": [] })") ==
          "E353 folder/b.json:1:28: 'targets' is empty: nothing would be judged" + start);
    CHECK(refusal(R"({ "version": 1, "targets": {} })") ==
          "E352 folder/b.json:1:28: 'targets' must be an array, found an object");
}

TEST_CASE("what is no budget, and what no budget has, is refused where it stands") {
    CHECK(refusal("[]") == "E352 folder/b.json:1:1: a budget must be an object, found an array");
    CHECK(refusal(R"({ "verson": 1 })") ==
          "E351 folder/b.json:1:3: unknown key 'verson' in the budget. Did you mean version? "
          "Known: $schema version defaults targets baseline max_price_age");
    CHECK(refusal_with(R"("$schema": 1, )") ==
          "E352 folder/b.json:1:28: '$schema' must be a string, found a number");
    CHECK(refusal_with(R"("baseline": "", )") ==
          "E352 folder/b.json:1:29: 'baseline' is an empty string");
    CHECK(refusal_with(R"("max_price_age": 90, )") ==
          "E352 folder/b.json:1:34: 'max_price_age' must be a string, found a number");
    CHECK(refusal_with(R"("max_price_age": "90", )") ==
          "E352 folder/b.json:1:34: 'max_price_age' 90 needs a unit (write 90d for days or 12w "
          "for weeks)");
    CHECK(refusal_with(R"("defaults": { "name": "a" }, )") ==
          "E351 folder/b.json:1:31: 'name' belongs to a target, not to 'defaults'");
}

TEST_CASE("two targets of one name are refused at the second, with the line of the first") {
    const std::string one =
        R"({ "name": "a", "model": "llama-3.1-8b", "hw": "h100", "limits": {"gpus": {"max": 4}} })";
    CHECK(refusal("{ \"version\": 1, \"targets\": [\n" + one + ",\n\n" + one + "] }") ==
          "E352 folder/b.json:4:11: target 'a' stands here twice, first in line 2");
}

}  // namespace budget_reader_test
