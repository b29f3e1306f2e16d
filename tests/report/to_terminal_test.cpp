#include "catch.hpp"
#include "page.hpp"

namespace to_terminal_test {

using namespace roofline;

namespace {

std::string page_of(const Report& report, const Page& page) {
    std::string text;
    find_format("table")->render(report, page, [&](std::string_view part) { text += part; });
    return text;
}

std::string coloured(Block block) {
    Report report;
    report.blocks.push_back(std::move(block));
    return page_of(report, {.colour = Colour::on});
}

Table shares() {
    return {.title = "Shares",
            .columns = {{"PART", "part"},
                        {"SHARE", "share"},
                        {"NOTE", "note", 3, Need::if_filled},
                        {"WHERE", "where", 3, Need::if_room}},
            .next = rows_of({{"weights", Share{0.5}, "", "in the memory of the device"},
                             {"cache", Share{1.25}, "", "there too"},
                             {"rest", Share{0.13}, {}, "here"}}),
            .notes = {"a note"}};
}

Bar bar_of(double gigabytes) {
    return {.name = "Memory",
            .segments = {{"weights", gigabytes * gigabyte}},
            .capacity = 100 * gigabyte};
}

}  // namespace

TEST_CASE("a page: verdict, blocks, how it was worked out; no block for machines") {
    Report report{
        .command = "any",
        .verdict = "it takes 25.0 ms",
        .derivations = {{"result.tpot_s", "bytes / bandwidth", "16 GB / 3 TB/s", "a sheet"}},
        .assumptions = {{"free", "kept free", Measure(1.5 * gigabyte), "a fit"}},
        .warnings = {{"W304", "not on this page"}}};
    report.blocks.emplace_back(Text{{"a line of text", "another"}});
    report.blocks.emplace_back(Table{.columns = {{"A", "a"}},
                                     .next = rows_of({{"for machines"}}),
                                     .audience = Audience::machines});
    report.blocks.emplace_back(bar_of(25));
    report.blocks.emplace_back(Text{{"more text"}});
    report.blocks.emplace_back(TypedCommand{"what to type:", "roofline analyze m --hw h100"});
    CHECK(text_of(report, "table", 60) == R"(it takes 25.0 ms
 a line of text
 another
 Memory  ▕██████                  ▏ 25.0 GB of 100 GB (25 %)
   weights 25.0 GB

 more text

 what to type:
  roofline analyze m --hw h100

 How it was worked out
 result.tpot_s = bytes / bandwidth
   = 16 GB / 3 TB/s
   [a sheet]

 rests on 1 assumption (--why)
)");
}

// Two that are usual, one that stands out, and a file that was used.
TEST_CASE("usual assumptions are counted and named in short, all of them stand with --why") {
    Report report{.verdict = "so"};
    report.assumptions = {{"free", "kept free", Measure(1.5 * gigabyte), "a fit"},
                          {"price", "$2/h", {}, "Lambda"},
                          {"price", "$3/h", {}, "Lambda"},
                          {"narrow", "fewer bits", {}, "not counted"},
                          {"calibration", "calibration", "c.json", "as given"}};
    report.assumptions[1].brief = report.assumptions[2].brief = "price Lambda";
    report.assumptions[3].prominent = true;
    report.assumptions[4].used = true;
    CHECK(page_of(report, {.width = 60}) == R"(so

 * fewer bits (not counted)
 * calibration: c.json (as given)
 rests on 3 assumptions (--why) · price Lambda
)");
    CHECK(page_of(report, {.width = 60, .why = true}) == R"(so

 * kept free: 1.50 GB (a fit)
 * $2/h (Lambda)
 * $3/h (Lambda)
 * fewer bits (not counted)
 * calibration: c.json (as given)
)");
}

TEST_CASE("a table has bars that fill the page, leaves out what is empty, and ends in its notes") {
    CHECK(text_of_block(shares(), 60) == R"(

 Shares
 PART     SHARE                  WHERE
 weights   50 % ███████▌         in the memory of the device
 cache    125 % ███████████████  there too
 rest      13 % █▉               here
 a note
)");
}

TEST_CASE("a narrow page has no optional columns, then no bars, then one column, and says so") {
    CHECK(text_of_block(shares(), 40) == R"(

 Shares
 PART     SHARE
 weights   50 % ████████████
 cache    125 % ████████████████████████
 rest      13 % ███
 a note

 1 more column with --width 57: WHERE
)");
    CHECK(text_of_block(shares(), 20) == R"(

 Shares
 PART     SHARE
 weights   50 %
 cache    125 %
 rest      13 %
 a note

 1 more column with
 --width 57: WHERE
)");
    CHECK(text_of_block(shares(), 12) == R"(

 Shares
 PART
 weights
 cache
 rest
 a note

 2 more
 columns
 with
 --width 57:
 WHERE,
 SHARE
)");
}

TEST_CASE("text that a page has no room for is cut, numbers are not") {
    CHECK(text_of_block(Table{.columns = {{"NAME", "name"}, {"TIME", "time_s"}},
                              .next = rows_of({{"a rather long name", Measure(25 * millisecond)}})},
                        22) == R"(

 NAME             TIME
 a rather lo…  25.0 ms
)");
}

TEST_CASE("ASCII bars and units") {
    Report report;
    report.blocks.emplace_back(shares());
    report.blocks.emplace_back(bar_of(50));
    CHECK(page_of(report, {.width = 60, .charset = Charset::ascii}) == R"(

 Shares
 PART     SHARE                  WHERE
 weights   50 % ########         in the memory of the device
 cache    125 % ###############  there too
 rest      13 % ##               here
 a note

 Memory  [############            ] 50.0 GB of 100 GB (50 %)
   weights 50.0 GB
)");
}

// Of 80 characters 6 are the name's, 24 the words', 6 stand between: 44 are left for the bar.
TEST_CASE("a bar of memory is green, from 90 % yellow, beyond its capacity red") {
    const auto cells = [](int full, int all) {
        std::string text;
        for (int i = 0; i < full; ++i) text += "█";
        return text + std::string(static_cast<std::size_t>(all - full), ' ');
    };
    CHECK(coloured(bar_of(50)).find("▕\x1b[32m" + cells(22, 44) + "\x1b[0m▏") != std::string::npos);
    CHECK(coloured(bar_of(90)).find("▕\x1b[32m") != std::string::npos);
    CHECK(coloured(bar_of(95)).find("▕\x1b[33m") != std::string::npos);
    CHECK(coloured(bar_of(200)).find("▕\x1b[31m" + cells(44, 44) + "\x1b[0m▏") !=
          std::string::npos);
}

TEST_CASE("a page too narrow for a bar has its numbers") {
    Bar bar = bar_of(50);
    bar.note = "batch ≤ 3";
    CHECK(text_of_block(bar, 35) == R"(

 Memory  50.0 GB of 100 GB (50 %)
   weights 50.0 GB → batch ≤ 3
)");
}

TEST_CASE("roles have colours: titles bold, notes dim, labels their own") {
    const std::string text = coloured(Table{.title = "Title",
                                            .columns = {{"A", "a"}},
                                            .next = rows_of({{Label{"good", Role::good}},
                                                             {Label{"bad", Role::bad}},
                                                             {Label{"warning", Role::warning}},
                                                             {Label{"memory", Role::memory}},
                                                             {Label{"compute", Role::compute}},
                                                             {Label{"network", Role::network}},
                                                             {Label{"plain"}}}),
                                            .notes = {"note"}});
    CHECK(text ==
          "\x1b[1m\x1b[0m\n\n"
          "\x1b[1m Title\x1b[0m\n\x1b[2m A\x1b[0m\n"
          " \x1b[32mgood\x1b[0m\n \x1b[31mbad\x1b[0m\n \x1b[33mwarning\x1b[0m\n"
          " \x1b[36mmemory\x1b[0m\n \x1b[35mcompute\x1b[0m\n \x1b[34mnetwork\x1b[0m\n plain\n"
          "\x1b[2m note\x1b[0m\n");
}

TEST_CASE("what a terminal would obey is escaped, columns without titles have no header") {
    CHECK(text_of_block(Table{.columns = {{"", "a"}}, .next = rows_of({{"a\x1b[31m"}})}) ==
          "\n\n a\\x1b[31m\n");
}

TEST_CASE("a table of more than 1000 rows has a header every 1000") {
    const std::string text = text_of_block(
        Table{.columns = {{"A", "a"}}, .next = rows_of(std::vector<Row>(1001, {"x"}))});
    CHECK(text.ends_with(" x\n A\n x\n"));
}

}  // namespace to_terminal_test
