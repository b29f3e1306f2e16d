#include "answer/figure_cells.hpp"

#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace figure_cells_test {

using namespace roofline;

namespace {

/// What a row of cells is in CSV.
std::string row_text(Row row) {
    Table table{.columns = {}, .next = rows_of({std::move(row)}), .header = false};
    Report report;
    report.blocks.emplace_back(std::move(table));
    return text_of(report, "csv");
}

PointAnswer some_figures() {
    PointAnswer answer;
    answer.figures[index_of(the_metric("tpot"))] = 0.025;
    answer.figures[index_of(the_metric("gpus"))] = 12345;
    answer.figures[index_of(the_metric("usd_per_month"))] = 1460;
    return answer;
}

}  // namespace

TEST_CASE("a figure is a measure, a count a plain number, what is unknown an empty cell") {
    const Measure time = std::get<Measure>(figure_cell(Measure(25 * millisecond)));
    CHECK(time.value == 0.025);
    CHECK(time.dimension == dimension::second);
    CHECK(std::get<double>(figure_cell(Measure(12345, dimension::none))) == 12345);
    CHECK(std::holds_alternative<std::monostate>(figure_cell(std::nullopt)));
}

TEST_CASE("a figure of the metric table has the metric's dimension") {
    const Measure power = std::get<Measure>(figure_cell(the_metric("power"), 700));
    CHECK(power.value == 700);
    CHECK(power.dimension == dimension::watt);
    CHECK(std::get<double>(figure_cell(the_metric("gpus"), 8)) == 8);
    CHECK(std::holds_alternative<std::monostate>(figure_cell(the_metric("power"), std::nullopt)));
}

TEST_CASE("the record of figures has every metric, null where there is none") {
    Figures figures;
    figures.end_to_end = 3 * second;
    figures.gpus = 8;
    figures.power = 5600 * watt;
    CHECK(json_text(metrics_record(figures)) == R"({
  "ttft_s": null,
  "tpot_s": null,
  "e2e_s": 3,
  "tokens_per_s": null,
  "memory_bytes": null,
  "gpus": 8,
  "power_w": 5600,
  "usd_per_1k_output_tokens": null,
  "usd_per_1m_output_tokens": null,
  "usd_per_1m_input_tokens": null,
  "usd_per_month": null
}
)");
}

TEST_CASE("the record of a point has the same keys as that of figures") {
    CHECK(json_text(metrics_record(some_figures())) == R"({
  "ttft_s": null,
  "tpot_s": 0.025,
  "e2e_s": null,
  "tokens_per_s": null,
  "memory_bytes": null,
  "gpus": 12345,
  "power_w": null,
  "usd_per_1k_output_tokens": null,
  "usd_per_1m_output_tokens": null,
  "usd_per_1m_input_tokens": null,
  "usd_per_month": 1460
}
)");
}

TEST_CASE("cells of a point stand after those of its row, by the metric table") {
    Row row{std::string("first")};
    add_figure_cells(some_figures(), row);
    CHECK(row_text(std::move(row)) == "first,,0.025,,,,12345,,,,,1460\n");
}

TEST_CASE("a field's column has its name and key, a cell its number, its text or nothing") {
    const Column column = column_of(*find_field("kv-dtype"));
    CHECK(column.title == "kv-dtype");
    CHECK(column.key == "kv_dtype");
    CHECK(row_text({cell_of(ShownField(32.0)), cell_of(ShownField("fp8")), cell_of({})}) ==
          "32,fp8,\n");
}

}  // namespace figure_cells_test
