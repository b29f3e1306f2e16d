#include "catch.hpp"
#include "page.hpp"

namespace markdown_test {

using namespace roofline;

namespace {

std::string of_block(Block block) {
    Report report;
    report.blocks.push_back(std::move(block));
    return text_of(report, "md");
}

Chart tiny_chart() {
    return {.title = "A *picture*",
            .x = {.name = "x", .key = "x", .label = "x"},
            .y = {.name = "y", .key = "y", .label = "y"},
            .series = {{.name = "one", .points = {{.x = 1, .y = 2, .name = "p"}}}},
            .footnote = "a <footnote>"};
}

}  // namespace

TEST_CASE("a table in Markdown: title, header, numbers to the right, notes") {
    CHECK(of_block(Table{.title = "A | title",
                         .columns = {{"NAME", "name"}, {"TIME", "time_s"}, {"SHARE", "share"}},
                         .next = rows_of({{"a_b", Measure(25 * millisecond), Share{0.5}},
                                          {"*b*", {}, Share{0.25}}}),
                         .notes = {"a `note`"}}) == R"(****

**A \| title**

| NAME | TIME | SHARE |
|---|---:|---:|
| a_b | 25.0 ms | 50 % |
| \*b\* | – | 25 % |

a \`note\`
)");
}

TEST_CASE("a bar in Markdown is what is used, of what, and what it means") {
    Bar bar{.name = "Memory",
            .segments = {{"weights", 16 * gigabyte}, {"cache", 2 * gigabyte}},
            .capacity = 24 * gigabyte,
            .note = "batch < 3"};
    CHECK(of_block(bar) ==
          "****\n\nMemory: 18.0 GB of 24.0 GB (75 %) — weights 16.0 GB · cache 2.00 GB → batch \\< "
          "3\n");
    bar.note = "";
    CHECK(of_block(bar) ==
          "****\n\nMemory: 18.0 GB of 24.0 GB (75 %) — weights 16.0 GB · cache 2.00 GB\n");
}

TEST_CASE("lines in Markdown end in two spaces; brackets are escaped where they make a link") {
    CHECK(of_block(Text{{"[1] a source", "[a](b)"}}) == "****\n\n[1] a source  \n\\[a](b)  \n");
}

TEST_CASE("a picture in Markdown is a drawing in a fence, its legend and its footnote") {
    const std::string text = of_block(tiny_chart());
    CHECK(text.starts_with("****\n\n**A \\*picture\\***\n\n```text\n"));
    CHECK(
        text.ends_with("\n```\n\n|  |  | X | Y |  |\n|---|---|---:|---:|---|\n"
                       "| ◆ | p | 1 | 2 |  |\n\na \\<footnote>\n"));
}

TEST_CASE("what stands around the blocks of Markdown: derivations, assumptions, warnings") {
    Report report{.command = "any",
                  .verdict = "so | so",
                  .derivations = {{"result.tpot_s", "bytes / bandwidth", "1 < 2", "a sheet"}},
                  .assumptions = {{"id", "kept free", Measure(1.5 * gigabyte), "a fit"}},
                  .warnings = {{"W304", "a `column`"}}};
    report.blocks.emplace_back(Table{.columns = {{"A", "a"}},
                                     .next = rows_of({{"for machines"}}),
                                     .audience = Audience::machines});
    CHECK(text_of(report, "md") == R"(**so \| so**

<details><summary>What this rests on</summary>

- `result.tpot_s` = bytes / bandwidth = 1 \< 2 (a sheet)

- kept free: 1.50 GB (a fit)

</details>

> W304: a \`column\`
)");
}

TEST_CASE("a command in Markdown stands in a fence of its own, as it is typed") {
    CHECK(of_block(TypedCommand{"more *of* it:", "roofline plan m --price '4 USD/h'"}) ==
          "****\n\nmore \\*of\\* it:\n\n```sh\nroofline plan m --price '4 USD/h'\n```\n");
    CHECK(of_block(TypedCommand{"", "a\x1b```"}) == "****\n\n````sh\na\\x1b```\n````\n");
}

TEST_CASE("a table of more than 1000 rows in Markdown has a header every 1000") {
    const std::string text =
        of_block(Table{.columns = {{"A", "a"}}, .next = rows_of(std::vector<Row>(1001, {"x"}))});
    CHECK(text.ends_with("| x |\n\n| A |\n|---|\n| x |\n"));
}

TEST_CASE("no column closes the fence of a chart") {
    Chart chart = tiny_chart();
    chart.x.name = "```";
    chart.x.label = "```";
    const std::string text = of_block(chart);
    CHECK(text.find("\n````text\n") != std::string::npos);
    CHECK(text.find("\n````\n") != std::string::npos);
}

TEST_CASE("what has a marker is a comment: a heading, rows that stand out, evidence folded") {
    Report report{.command = "x", .verdict = "It | is", .marker = "roofline:x"};
    report.blocks.emplace_back(
        Table{.title = "",
              .columns = {{"a", "a"}, {"b", "b"}},
              .next = rows_of({{Label{"1*", Role::strong}, Label{"", Role::strong}}})});
    report.assumptions.push_back({.id = "p", .text = "price", .value = {}, .source = "list"});
    CHECK(text_of(report, "md") == R"(<!-- roofline:x -->
### It \| is

| a | b |
|---|---|
| **1\*** |  |

<details><summary>What this rests on</summary>

- price (list)

</details>
)");
}

}  // namespace markdown_test
