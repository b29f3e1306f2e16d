#include "error/suggest.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"

#include <array>

namespace suggest_test {

using namespace roofline;

TEST_CASE("edit distance counts one swap of neighbours as one edit") {
    CHECK(edit_distance("bacth", "batch") == 1);
    CHECK(edit_distance("h1000", "h100") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("Analyze", "analyze") == 0);
}

TEST_CASE("a name within a third of its length in edits is suggested, the nearest first") {
    const std::array<std::string_view, 3> names{"analyze", "cost", "ridge"};
    CHECK(suggest("analyse", names) == std::vector<std::string>{"analyze"});
    CHECK(suggest("xyzzy", names).empty());
}

TEST_CASE("a misspelt token suggests every name that has it, at most three") {
    const std::array<std::string_view, 5> names{"h100-sxm", "h100-pcie", "h100-nvl", "h200-sxm",
                                                "gh200-96gb"};
    CHECK(suggest("h1000", names) == std::vector<std::string>{"h100-sxm", "h100-pcie", "h100-nvl"});
}

TEST_CASE("an alias is matched and its id is shown, once") {
    const std::array<Candidate, 3> names{
        {{"mi300x", "mi300x"}, {"mi300", "mi300x"}, {"mi325x", "mi325x"}}};
    CHECK(suggest("mi300y", names) == std::vector<std::string>{"mi300x"});
}

TEST_CASE("words are joined as a sentence does") {
    CHECK(did_you_mean({}).empty());
    CHECK(did_you_mean({"a"}) == "did you mean a?");
    CHECK(did_you_mean({"a", "b", "c"}) == "did you mean a, b or c?");
}

TEST_CASE("the first digit of an error code decides the exit status") {
    CHECK(exit_status(ErrorCode::unknown_flag) == Exit::usage);
    CHECK(exit_status(ErrorCode::unknown_device) == Exit::input);
    CHECK(exit_status(ErrorCode::malformed_json) == Exit::input);
    CHECK(exit_status(ErrorCode::does_not_fit) == Exit::infeasible);
    CHECK(exit_status(ErrorCode::internal) == Exit::internal);
    CHECK(exit_status(ErrorCode::write_failed) == Exit::output);
}

TEST_CASE("a word of more than 64 characters is no slip of a name, nor is such a name meant") {
    const std::string word(64, 'x');
    const std::array<std::string_view, 2> names{"h100", word};
    CHECK(suggest(word, names).size() == 1);
    CHECK(suggest(word + "x", names).empty());
    const std::string name = word + "x";
    const std::array<std::string_view, 1> longer{name};
    CHECK(suggest(word, longer).empty());
}

TEST_CASE("a word that is part of a name means that name too") {
    const std::array<std::string_view, 4> formats{"bf16", "fp8", "mxfp4", "nvfp4"};
    CHECK(suggest("fp4", formats) == std::vector<std::string>{"fp8", "mxfp4", "nvfp4"});
}

}  // namespace suggest_test
