#include "answer/plot/scenario_rows.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <algorithm>

namespace scenario_rows_test {

using namespace roofline;

namespace {

FigureRows points_of(const std::vector<std::string>& scenarios, Basis basis = Basis::bound) {
    Catalog catalog;
    std::vector<WarningNote> notes;
    return scenario_rows(scenarios, Knowledge(), basis, {catalog, notes});
}

std::string cell(const FigureRows& rows, std::size_t row, std::string_view column) {
    const auto found = std::ranges::find(rows.columns, column);
    if (found == rows.columns.end()) return "no such column";
    return rows.rows.at(row).cells.at(static_cast<std::size_t>(found - rows.columns.begin()));
}

}  // namespace

TEST_CASE("a row for each point of each scenario, a column for whatever any of them says") {
    const FigureRows rows = points_of(
        {"llama-3.1-8b@h100-sxm batch=1,2 price=$2/h", "llama-3.1-8b@l40sx2 tp=2 kv-dtype=fp8"});
    CHECK(rows.name ==
          "bound, of llama-3.1-8b@h100-sxm batch=1,2 price=$2/h, llama-3.1-8b@l40sx2 tp=2 "
          "kv-dtype=fp8");
    CHECK(rows.columns == std::vector<std::string>{
                              "model", "hw", "tp", "kv_dtype", "batch", "price", "ttft_s", "tpot_s",
                              "e2e_s", "tokens_per_s", "memory_bytes", "gpus", "power_w",
                              "usd_per_1k_output_tokens", "usd_per_1m_output_tokens",
                              "usd_per_1m_input_tokens", "usd_per_month"});
    REQUIRE(rows.rows.size() == 3);
    CHECK(rows.rows[0].line == 0);
    CHECK(cell(rows, 0, "model") == "llama-3.1-8b");
    CHECK(cell(rows, 0, "hw") == "h100-sxm");
    CHECK(cell(rows, 0, "batch") == "1");
    CHECK(cell(rows, 1, "batch") == "2");
    CHECK(cell(rows, 2, "hw") == "l40sx2");
    CHECK(cell(rows, 2, "batch").empty());
    CHECK(cell(rows, 2, "tp") == "2");
    CHECK(cell(rows, 2, "kv_dtype") == "fp8");
}

TEST_CASE("figures are in base units: $2 for 730 hours, 2 x 350 W, and no price is no cost") {
    const FigureRows rows =
        points_of({"llama-3.1-8b@h100-sxm price=$2/h", "llama-3.1-8b@l40sx2 tp=2"});
    CHECK(cell(rows, 0, "usd_per_month") == "1460");
    CHECK(cell(rows, 0, "power_w") == "700");
    CHECK(cell(rows, 1, "usd_per_month").empty());
    CHECK(cell(rows, 1, "power_w") == "700");
    CHECK(cell(rows, 1, "gpus") == "2");
}

TEST_CASE("a point that does not fit has inputs and no figures") {
    const FigureRows rows = points_of({"llama-3.1-8b@h100-sxm batch=1,4096"}, Basis::expected);
    CHECK(rows.name == "expected, of llama-3.1-8b@h100-sxm batch=1,4096");
    CHECK(cell(rows, 1, "batch") == "4096");
    CHECK_FALSE(cell(rows, 0, "memory_bytes").empty());
    CHECK(cell(rows, 1, "memory_bytes").empty());
    CHECK(cell(rows, 1, "tpot_s").empty());
}

TEST_CASE("scenarios without any figure are refused with the first one's reason") {
    const Fault fault = fault_of([] {
        points_of({"llama-3.1-70b@h100-sxm batch=1,2", "llama-3.1-70b@l40s"});
    });
    CHECK(fault.code == ErrorCode::does_not_fit);
    CHECK(fault.message.starts_with("'llama-3.1-70b@h100-sxm batch=1,2': cannot fit: "));
    CHECK_NOTHROW(points_of({"llama-3.1-70b@h100-sxm", "llama-3.1-8b@h100-sxm"}));
}

TEST_CASE("expected figures have ranges, bounds have none") {
    const FigureRows expected = points_of({"llama-3.1-8b@h100-sxm concurrency=8"}, Basis::expected);
    const FigureRange range = expected.rows.at(0).ranges.at("tpot_s");
    const double tpot = std::stod(cell(expected, 0, "tpot_s"));
    CHECK(range.low < tpot);
    CHECK(tpot < range.high);
    CHECK(cell(expected, 0, "measured") == "true");
    CHECK(points_of({"llama-3.1-8b@h100-sxm concurrency=8"}).rows.at(0).ranges.empty());
}

TEST_CASE("a device without the price that was asked for has its times, and says what it lacks") {
    const auto without = [](const FigureRows& rows, std::size_t row) {
        CHECK(rows.rows.at(row).reason == "no on-demand price of 'lambda' for l40s");
        CHECK_FALSE(cell(rows, row, "tpot_s").empty());
        CHECK(cell(rows, row, "usd_per_month").empty());
        CHECK(cell(rows, row, "price") == "lambda");
    };
    without(points_of({"llama-3.1-8b@h100-sxm,l40s batch=1 price=lambda"}), 1);
    without(points_of({"llama-3.1-8b@h100-sxm batch=1 price=lambda",
                       "llama-3.1-8b@l40s batch=1 price=lambda"}),
            1);
    const FigureRows both = points_of({"llama-3.1-8b@h100-sxm,l40s batch=1 price=lambda"});
    CHECK(both.rows.at(0).reason.empty());
    CHECK_FALSE(cell(both, 0, "usd_per_month").empty());
}

TEST_CASE("a price that no device has is refused") {
    const Fault fault = fault_of([] { points_of({"llama-3.1-8b@l40s batch=1,2 price=lambda"}); });
    CHECK(fault.code == ErrorCode::unknown_price);
    CHECK(fault.message == "no on-demand price of 'lambda' for l40s");
}

TEST_CASE("20,001 points of all scenarios together are more than a picture shows") {
    const Fault fault = fault_of([] {
        points_of({"llama-3.1-8b@h100-sxm", "llama-3.1-8b@l40s batch=1..20000:+1"});
    });
    CHECK(fault.code == ErrorCode::bad_count);
    CHECK(fault.message == "a picture shows 20000 points at most, these are more");
    CHECK(fault.hint == "give the ranges larger steps");
}

}  // namespace scenario_rows_test
