#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "page.hpp"

namespace svg_test {

using namespace roofline;

namespace {

Report with_picture() {
    Report report{.command = "plot", .verdict = "a < b"};
    report.blocks.emplace_back(Text{{"not of the picture"}});
    report.blocks.emplace_back(Chart{.title = "x & y",
                                     .x = {.name = "x", .key = "x", .label = "x"},
                                     .y = {.name = "y", .key = "y", .label = "y"},
                                     .series = {{.name = "one", .points = {{.x = 1, .y = 2}}}}});
    return report;
}

}  // namespace

TEST_CASE("an svg names its title and the verdict, escaped, for those who cannot see it") {
    const std::string text = text_of(with_picture(), "svg");
    CHECK(text.starts_with(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 )"));
    CHECK(text.find(R"( class="roofline" role="img" style="max-width:840px">)"
                    "\n<title>x &amp; y</title>\n<desc>a &lt; b</desc>\n<style>\n") !=
          std::string::npos);
    CHECK(text.find("</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n") !=
          std::string::npos);
    CHECK(text.ends_with("</svg>\n"));
    CHECK(text.find("not of the picture") == std::string::npos);
}

TEST_CASE("an svg of an answer without a picture is refused with the formats that there are") {
    Report report = with_picture();
    report.blocks.pop_back();
    const Fault fault = fault_of([&] { text_of(report, "svg"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "there is no picture in what plot answers");
    CHECK(fault.hint == "take another format: table, json, csv or md");
}

}  // namespace svg_test
