#include "answer/sweep/sweep_rows.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace sweep_rows_test {

using namespace roofline;

namespace {

std::string keys_of(const std::vector<Column>& columns, Need need) {
    std::string keys;
    for (const Column& column : columns)
        if (column.need == need) keys += column.key + " ";
    return keys;
}

Space space(bool priced) {
    Catalog catalog;
    Space space;
    if (priced) space.base.price = PriceRequest{.provider = {}, .amount = 2 * dollar / hour};
    space.axes.emplace_back(*find_field("kv-dtype"), "bf16,fp8", "kv-dtype", catalog);
    space.axes.emplace_back(*find_field("batch"), "1..4", "batch", catalog);
    return space;
}

PointAnswer answered() {
    PointAnswer answer{.fits = true};
    answer.set(the_metric("tpot"), 0.0125);
    answer.set(the_metric("gpus"), 2);
    return answer;
}

// A table with the point's row alone.
Table table_of(std::uint64_t point, const PointAnswer& answer) {
    Row row;
    fill_row(space(false), point, answer, row);
    return {.title = "", .columns = columns_of(space(false), {}), .next = rows_of({row})};
}

std::string csv_of(std::uint64_t point, const PointAnswer& answer) {
    Report report;
    report.blocks.emplace_back(table_of(point, answer));
    return text_of(report, "csv");
}

}  // namespace

TEST_CASE("a row has the ranged fields, whether it fits, every figure, and why there is none") {
    // Of 2 formats x 3 batches, point 4 has the second format and the second batch.
    CHECK(
        csv_of(4, answered()) ==
        R"(kv_dtype,batch,fits,ttft_s,tpot_s,e2e_s,tokens_per_s,memory_bytes,gpus,power_w,usd_per_1k_output_tokens,usd_per_1m_output_tokens,usd_per_1m_input_tokens,usd_per_month,measured,starts,requests,waiting,reason
fp8,2,true,,0.0125,,,,2,,,,,,,,,,
)");
}

TEST_CASE("a point without figures says why, in the flags of a command line") {
    PointAnswer none{.fits = false, .reason = "32 heads and `tp 3`"};
    CHECK(csv_of(0, none).ends_with("\nbf16,1,false,,,,,,,,,,,,,,,,32 heads and --tp 3\n"));
    none.fits.reset();
    CHECK(csv_of(0, none).ends_with("\nbf16,1,,,,,,,,,,,,,,,,,32 heads and --tp 3\n"));
}

TEST_CASE("a row for people has units, and no column for what stands nowhere") {
    CHECK(text_of_block(table_of(4, answered()), 50) == R"(

 kv-dtype  batch  fits  per token  GPUs
 fp8           2  yes     12.5 ms     2
)");
}

TEST_CASE("people see first what was asked for, then first tokens, tokens and throughput") {
    const std::vector<Column> free = columns_of(space(false), {});
    CHECK(keys_of(free, Need::asked) == "kv_dtype batch ");
    CHECK(keys_of(free, Need::always) == "fits ");
    CHECK(keys_of(free, Need::if_filled) == "ttft_s tpot_s tokens_per_s measured waiting ");
    CHECK(keys_of(free, Need::if_room) ==
          "e2e_s memory_bytes gpus power_w usd_per_1k_output_tokens usd_per_1m_output_tokens "
          "usd_per_1m_input_tokens usd_per_month starts requests reason ");
    const std::vector<const Metric*> asked{&the_metric("e2e"), &the_metric("usd_per_1m_output")};
    const std::vector<Column> sorted = columns_of(space(true), asked);
    CHECK(keys_of(sorted, Need::asked) == "kv_dtype batch e2e_s usd_per_1m_output_tokens ");
    CHECK(keys_of(sorted, Need::if_filled) == "ttft_s tpot_s tokens_per_s measured waiting ");
    CHECK(free[0].title == "kv-dtype");
    CHECK(free[3].title == "first token");
}

TEST_CASE(
    "the answer's columns and cells stand after whatever is there, reasons as their reader "
    "writes") {
    std::vector<Column> columns{{"line", "line"}};
    add_answer_columns({}, columns);
    CHECK(columns[0].key == "line");
    CHECK(columns[1].key == "fits");
    CHECK(columns.back().title == "reason");
    Row row{7.0};
    add_answer_cells({.fits = {}, .reason = "`kv-dtype fp4` is none"}, Dialect::keys, row);
    REQUIRE(row.size() == columns.size());
    CHECK(std::get<double>(row[0]) == 7);
    CHECK(std::get<std::string>(row.back()) == "'kv_dtype' fp4 is none");
    add_answer_cells({.fits = true}, Dialect::keys, row);
    CHECK(std::holds_alternative<std::monostate>(row.back()));
}

}  // namespace sweep_rows_test
