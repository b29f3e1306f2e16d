#include "ask/figure_rows.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace figure_rows_test {

using namespace roofline;

namespace {

const std::string path =
    (std::filesystem::temp_directory_path() / "roofline_figure_rows.csv").string();

struct File {
    ~File() { std::filesystem::remove(path); }
};

FigureRows read(std::string_view text) {
    const File file;
    std::ofstream(path) << text;
    return read_figure_rows(path);
}

Fault fault_in(std::string_view text) {
    return fault_of([&] { read(text); });
}

FigureRows swept() {
    return read(
        "hw,batch,quant,tpot_s,reason\n"
        "h100,1,fp8,0.5,\n"
        "h100,2,,,does not fit\n"
        "\n"
        "h100,4,fp8,1e-3,\n");
}

using Columns = std::vector<std::size_t>;

}  // namespace

TEST_CASE("a word that ends in .csv names rows, in upper or lower case") {
    CHECK(names_table("runs.csv"));
    CHECK(names_table("RUNS.CSV"));
    CHECK_FALSE(names_table("runs.csv.gz"));
    CHECK_FALSE(names_table("llama-3.1-8b@h100"));
}

TEST_CASE("rows with the line each stands on, under the columns of the first") {
    const FigureRows rows = swept();
    CHECK(rows.name == path);
    CHECK(rows.columns == std::vector<std::string>{"hw", "batch", "quant", "tpot_s", "reason"});
    REQUIRE(rows.rows.size() == 3);
    CHECK(rows.rows[1].line == 3);
    CHECK(rows.rows[1].cells == std::vector<std::string>{"h100", "2", "", "", "does not fit"});
    CHECK(rows.rows[2].line == 5);
}

TEST_CASE("what names no columns is no CSV") {
    const Fault fault = fault_in(R"({"model": "m", "hw": "h100"})");
    CHECK(fault.code == ErrorCode::bad_table);
    CHECK(fault.message == "this is no CSV: its first line names no columns");
    CHECK(fault.hint == "it begins with names, and has a row per point: batch,tpot_s");
    CHECK(place_text(fault.where) == path + ":1");
    const std::string& message = fault.message;
    CHECK(fault_in("[1,2]\n3,4\n").message == message);
    CHECK(fault_in("<svg a=\"1,2\">\n").message == message);
    CHECK(fault_in("batch\n1\n").message == message);
    CHECK(fault_in("batch;tpot_s\n1;2\n").message == "cells are separated by ';'");
}

TEST_CASE("a column by its name, or by the id of its metric") {
    const FigureRows rows = swept();
    CHECK(column_of(rows, "batch", "--x") == 1);
    CHECK(column_of(rows, "tpot_s", "--y") == 3);
    CHECK(column_of(rows, "tpot", "--y") == 3);
    const Fault fault = fault_of([&] { column_of(rows, "ttft", "--y"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--y: 'ttft' is no column");
    CHECK(place_text(fault.where) == path + ":1");
    CHECK(fault_of([&] { column_of(rows, "batsh", "--x"); }).hint == "did you mean batch?");
    const FigureRows answers{.name = "answers", .columns = {"tpot_s"}, .rows = {{0, {"1"}}}};
    CHECK(fault_of([&] { column_of(answers, "ttft", "--y"); }).where.file.empty());
}

TEST_CASE("a cell is a number, or empty; else its line, and what holds numbers") {
    const FigureRows rows = swept();
    CHECK(number_in(rows, rows.rows[0], 3) == 0.5);
    CHECK(number_in(rows, rows.rows[2], 3) == 0.001);
    CHECK_FALSE(number_in(rows, rows.rows[1], 3));
    const Fault fault = fault_of([&] { number_in(rows, rows.rows[1], 4); });
    CHECK(fault.code == ErrorCode::bad_table);
    CHECK(fault.message == "reason: 'does not fit' is no number");
    CHECK(fault.hint == "columns of numbers: batch, tpot_s; names group points: `series reason`");
    CHECK(place_text(fault.where) == path + ":3");
    const FigureRows first = read("batch,reason\n1,late\n");
    CHECK(fault_of([&] {
              number_in(first, first.rows[0], 1);
          }).hint.starts_with("columns of numbers: batch; "));
    const FigureRows words = read("hw,tpot_s\nh100,12ms\nh100,inf\n");
    const Fault none = fault_of([&] { number_in(words, words.rows[0], 1); });
    CHECK(none.message == "tpot_s: '12ms' is no number");
    CHECK(none.hint == "no column holds numbers alone");
    CHECK(fault_of([&] { number_in(words, words.rows[1], 1); }).message ==
          "tpot_s: 'inf' is no number");
}

TEST_CASE("inputs that differ between rows; figures and reasons are none") {
    CHECK(varying_fields(swept()) == Columns{1, 2});  // batch, and quant where it is left out
    CHECK(varying_fields(read("kv_dtype,batch\nfp8,1\nbf16,1\n")) == Columns{0});
    CHECK(varying_fields(read("batch,tpot_s\n")).empty());
}

TEST_CASE("a column holds numbers when one of its cells does and none is a word") {
    const FigureRows rows = swept();
    CHECK_FALSE(holds_numbers(rows, 0));
    CHECK(holds_numbers(rows, 1));
    CHECK(holds_numbers(rows, 3));
    CHECK_FALSE(holds_numbers(read("a,b\n1,\n2,\n"), 1));
    CHECK_FALSE(holds_numbers(read("a,b\n1,\n2x,\n"), 0));
}

TEST_CASE("a number that cannot be computed with is refused at its line") {
    for (const std::string number : {"5e-324", "1e308", "-1e308", "1e-31", "1e31"}) {
        INFO(number);
        const FigureRows rows = read("hw,x,y\na,1,1\nb," + number + ",2\n");
        const Fault fault = fault_of([&] { number_in(rows, rows.rows[1], 1); });
        CHECK(fault.code == ErrorCode::bad_table);
        CHECK(fault.where.line == 3);
        CHECK(fault.message.ends_with("to draw"));
    }
    const FigureRows rows = read("hw,x,y\na,0,1e30\n");
    CHECK(number_in(rows, rows.rows[0], 1) == 0);
    CHECK(number_in(rows, rows.rows[0], 2) == 1e30);
}

}  // namespace figure_rows_test
