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

TEST_CASE("a page: verdict, blocks, how it was worked out, assumptions; no block for machines") {
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
    CHECK(text_of(report, "table", 60) == R"(it takes 25.0 ms

 a line of text
 another

 Memory  ▕█████               ▏ 25.0 GB of 100 GB (25 %)
   weights 25.0 GB

 How it was worked out
 result.tpot_s = bytes / bandwidth
   = 16 GB / 3 TB/s
   [a sheet]

 * kept free: 1.50 GB (a fit)
)");
}

TEST_CASE("a table has bars of twelve cells, leaves out what is empty, and ends in its notes") {
    CHECK(text_of_block(shares(), 80) == R"(

 Shares
 PART                  SHARE  WHERE
 weights  ██████        50 %  in the memory of the device
 cache    ████████████ 125 %  there too
 rest     █▌            13 %  here
 a note
)");
}

TEST_CASE("a narrow page has no optional columns, then no bars, then one column") {
    CHECK(text_of_block(shares(), 40) == R"(

 Shares
 PART                  SHARE
 weights  ██████        50 %
 cache    ████████████ 125 %
 rest     █▌            13 %
 a note
)");
    CHECK(text_of_block(shares(), 20) == R"(

 Shares
 PART     SHARE
 weights   50 %
 cache    125 %
 rest      13 %
 a note
)");
    CHECK(text_of_block(shares(), 12) == R"(

 Shares
 PART
 weights
 cache
 rest
 a note
)");
}

TEST_CASE("text that a page has no room for is cut, numbers are not") {
    CHECK(text_of_block(Table{.columns = {{"NAME", "name"}, {"TIME", "time_s"}},
                              .next = rows_of({{"a rather long name", Measure(25 * millisecond)}})},
                        20) == R"(

 NAME           TIME
 a rather …  25.0 ms
)");
}

TEST_CASE("ASCII bars and units") {
    Report report;
    report.blocks.emplace_back(shares());
    report.blocks.emplace_back(bar_of(50));
    CHECK(page_of(report, {.width = 60, .charset = Charset::ascii}) == R"(

 Shares
 PART                  SHARE  WHERE
 weights  ######        50 %  in the memory of the device
 cache    ############ 125 %  there too
 rest     ##            13 %  here
 a note

 Memory  [##########          ] 50.0 GB of 100 GB (50 %)
   weights 50.0 GB
)");
}

TEST_CASE("a bar of memory is green, from 90 % yellow, beyond its capacity red") {
    CHECK(coloured(bar_of(90)).find("▕\x1b[32m██████████████████  \x1b[0m▏") != std::string::npos);
    CHECK(coloured(bar_of(95)).find("\x1b[33m███████████████████ \x1b[0m") != std::string::npos);
    CHECK(coloured(bar_of(101)).find("\x1b[31m████████████████████\x1b[0m") != std::string::npos);
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
