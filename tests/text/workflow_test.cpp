#include "text/workflow.hpp"

#include "catch.hpp"

namespace workflow_test {

using namespace roofline;

TEST_CASE("a line that a runner would obey is spelt as its markup reads it") {
    CHECK(without_commands("::add-mask::8", Markup::text) == "\\x3a:add-mask::8");
    CHECK(without_commands("::add-mask::8", Markup::markdown) == "\\::add-mask::8");
    CHECK(without_commands("::add-mask::8", Markup::xml) == "&#58;:add-mask::8");
    CHECK(without_commands("\"##[add-mask]8\"", Markup::json) == "\"#\\u0023[add-mask]8\"");
}

TEST_CASE("white space before a command does not hide it, other words do") {
    CHECK(without_commands(" \t\xc2\xa0::a::", Markup::text) == " \t\xc2\xa0\\x3a:a::");
    CHECK(without_commands("a ::b::", Markup::text) == "a ::b::");
    CHECK(without_commands("a ##[b] ###[c]", Markup::text) == "a #\\x23[b] ##\\x23[c]");
    CHECK(without_commands("", Markup::text).empty());
    CHECK(without_commands("# [a]: b", Markup::text) == "# [a]: b");
}

}  // namespace workflow_test
