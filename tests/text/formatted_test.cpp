#include "text/formatted.hpp"

#include "catch.hpp"

#include <vector>

namespace formatted_test {

using namespace roofline;

TEST_CASE("values stand where the pattern has braces, numbers as short as they are exact") {
    CHECK(formatted("{} of {}", 3, "four") == "3 of four");
    CHECK(formatted("{:.4g} GB", 84.942979) == "84.94 GB");
    CHECK(formatted("{}", 1024.0) == "1024");
    CHECK(formatted("{}", 0.1) == "0.1");
    CHECK(formatted("{{}}") == "{}");
    CHECK(formatted_from("{1}{0}", fmt::make_format_args("a", "b")) == "ba");
}

TEST_CASE("words of a range stand one after another with a separator between") {
    CHECK(joined(std::vector<std::string>{"a", "b", "c"}, ", ") == "a, b, c");
    CHECK(joined(std::vector<std::string_view>{"a"}, ", ") == "a");
    CHECK(joined(std::vector<std::string>{}, ", ").empty());
}

}  // namespace formatted_test
