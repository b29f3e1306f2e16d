#include "catch.hpp"
#include "input/json.hpp"
#include "report/format.hpp"
#include "report/humanize.hpp"

#include <algorithm>

namespace formats_test {

using namespace roofline;

namespace {

Report sample() {
    Report report{.command = "sample", .verdict = "it is \"so\", <really> | yes"};
    report.blocks.emplace_back(
        Text{.lines = {"spaces  that   come in twos, before  where  a line  may end  and  after "
                       "it, one by one",
                       "https://example.org/an-address-that-is-longer-than-any-narrow-page/"
                       "and-has-no-space-at-all",
                       "the numbers 1.00 ms 2.00 ms 3.00 ms 4.00 ms 5.00 ms 6.00 ms 7.00 ms 8.00 "
                       "ms 9.00 ms"}});
    report.result.add("time", 4 * millisecond).add("name", "a\nb");
    std::vector<Row> rows{
        {std::string("a,\"b\""), Measure(4.64 * millisecond), Share{0.53, Role::memory}, 12.0},
        {std::string("a rather long name that must be cut somewhere"),
         Measure(0.3 * millisecond),
         Share{0.47},
         {}},
    };
    report.blocks.emplace_back(Table{.title = "Title",
                                     .columns = {{"NAME", "name"},
                                                 {"TIME", "time_s"},
                                                 {"SHARE", "share", 3, Need::if_room},
                                                 {"N", "n"}},
                                     .next = rows_of(std::move(rows)),
                                     .notes = {"a note"}});
    report.blocks.emplace_back(
        Bar{.name = "Memory",
            .segments = {{"weights", 16 * gigabyte}, {"cache", 1 * gigabyte}},
            .capacity = 20 * gigabyte,
            .note = "batch ≤ 3"});
    report.assumptions.push_back({"id", "text", 0.9, "source"});
    report.warnings.push_back({"W1", "careful"});
    return report;
}

std::string rendered(std::string_view format, const Page& page = {}) {
    std::string text;
    find_format(format)->render(sample(), page, [&](std::string_view part) { text += part; });
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

}  // namespace

TEST_CASE("csv is the first table in base units, quoted where it must be") {
    CHECK(rendered("csv") ==
          "name,time_s,share,n\n"
          "\"a,\"\"b\"\"\",0.00464,0.53,12\n"
          "a rather long name that must be cut somewhere,0.0003,0.47,\n");
}

TEST_CASE("json is one strict document that holds the whole answer") {
    const JsonDocument document =
        parse_json({.name = "answer", .text = rendered("json")}, JsonDialect::strict);
    CHECK(*document.root.find("schema")->text() == "roofline/sample/1");
    CHECK(*document.root.find("result")->find("time_s")->number() == 0.004);
    CHECK(document.root.find("warnings")->array()->size() == 1);
}

TEST_CASE("no line of a table is longer than the page") {
    for (int width = 40; width <= 200; ++width)
        for (const std::string& line : lines_of(rendered("table", {.width = width}))) {
            INFO(width << ": " << line);
            CHECK(shown_width(line) <= width);
        }
}

TEST_CASE("a narrow page drops optional columns and shortens names, never numbers") {
    const std::string text = rendered("table", {.width = 40});
    const std::size_t footer = text.find("1 more column with --width 79: SHARE");
    REQUIRE(footer != std::string::npos);
    CHECK(text.find("SHARE") > footer);
    CHECK(text.find("4.64 ms") != std::string::npos);
    CHECK(text.find("…") != std::string::npos);
}

TEST_CASE("a line never breaks between a number and its unit") {
    for (int width = 40; width <= 200; ++width)
        for (const std::string& line : lines_of(rendered("table", {.width = width})))
            CHECK_FALSE((line.ends_with(".00") || line.starts_with("   ms")));
}

TEST_CASE("a column whose values span more than a thousand has a unit in each cell") {
    Report report;
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = {{"NAME", "name"}, {"BYTES", "bytes"}},
                                     .next = rows_of({{std::string("a"), Measure(20 * gigabyte)},
                                                      {std::string("b"), Measure(1 * mebibyte)}})});
    std::string text;
    find_format("table")->render(report, {}, [&](std::string_view part) { text += part; });
    CHECK(text.find("20.0 GB") != std::string::npos);
    CHECK(text.find("1.05 MB") != std::string::npos);
}

TEST_CASE("an ASCII page is pure ASCII, a plain page has no escapes, a coloured one has") {
    for (const char c : rendered("table", {.charset = Charset::ascii}))
        CHECK(static_cast<unsigned char>(c) < 0x80);
    CHECK(rendered("table").find('\x1b') == std::string::npos);
    CHECK(rendered("table", {.colour = Colour::on}).find("\x1b[36m") != std::string::npos);
}

TEST_CASE("markdown escapes what would break its tables") {
    const std::string text = rendered("md");
    CHECK(text.starts_with("**it is \"so\", \\<really> \\| yes**\n"));
    CHECK(text.find("| NAME | TIME | SHARE | N |\n|---|---:|---:|---:|") != std::string::npos);
}

TEST_CASE("every format has a name, an extension and help, and none is listed twice") {
    for (const Format& format : formats()) {
        CHECK(find_format(format.name) == &format);
        CHECK(format_for_extension(format.extension) == &format);
        CHECK(format_for_extension("ANSWER" + upper(format.extension)) == &format);
        CHECK_FALSE(format.help.empty());
    }
}

}  // namespace formats_test
