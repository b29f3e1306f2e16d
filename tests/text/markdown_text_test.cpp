#include "text/markdown_text.hpp"

#include "catch.hpp"

namespace markdown_text_test {

using namespace roofline;

TEST_CASE("what Markdown reads as its own is escaped") {
    CHECK(markdown("a_b 12 µs [1]") == "a_b 12 µs [1]");
    CHECK(markdown("*a* `b` |c| \\") == "\\*a\\* \\`b\\` \\|c\\| \\\\");
    CHECK(markdown("<b>x</b>") == "\\<b>x\\</b>");
    CHECK(markdown("[a](b)") == "\\[a](b)");
    CHECK(markdown("~~a~~ ~5") == "\\~\\~a\\~\\~ \\~5");
    CHECK(markdown("~5 %") == "~5 %");
}

TEST_CASE("nobody is mentioned, neither as a name nor as an entity") {
    CHECK(markdown("@octocat") == "@&#8203;octocat");
    CHECK(markdown("&#64;octocat &lt; R & D") == "\\&#64;octocat \\&lt; R & D");
    CHECK(markdown("(@a, @b") == "(@&#8203;a, @&#8203;b");
    CHECK(markdown("8 @ 4k, m@h100") == "8 @ 4k, m@h100");  // what is typed is copied as it is
}

TEST_CASE("a line that begins like a heading, a list or a definition is text") {
    CHECK(markdown_line("# a") == "\\# a");
    CHECK(markdown_line(" > a") == " \\> a");
    CHECK(markdown_line("- a") == "\\- a");
    CHECK(markdown_line("---") == "\\---");
    CHECK(markdown_line("12. a") == "12\\. a");
    CHECK(markdown_line("[a]: b") == "\\[a]: b");
    CHECK(markdown_line("-5 % and 1.5 s") == "-5 % and 1.5 s");
    CHECK(markdown_line("1.5 s [1]") == "1.5 s [1]");
    CHECK(markdown_line("").empty());
}

TEST_CASE("a fence is longer than what it holds, and code keeps its backquotes") {
    CHECK(fence_around("a") == "```");
    CHECK(fence_around("```\n````") == "`````");
    CHECK(markdown_code("a.b") == "`a.b`");
    CHECK(markdown_code("a`b") == "``a`b``");
    CHECK(markdown_code("`a") == "`` `a ``");
}

}  // namespace markdown_text_test
