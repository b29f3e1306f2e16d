#include "ask/scenario_lines.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace scenario_lines_test {

using namespace roofline;

namespace {

// Of a file that is gone again once it is read.
std::unique_ptr<ScenarioLines> lines_of(std::string_view text, const std::string& ending = "csv") {
    struct File {
        std::filesystem::path path;
        ~File() { std::filesystem::remove(path); }
    };
    const auto folder = std::filesystem::temp_directory_path();
    const File file{folder / ("roofline_scenario_lines." + ending)};
    std::ofstream(file.path) << text;
    return scenario_lines(file.path.string());
}

// "batch=8 hw='h100'": numbers as they are, texts in quotes.
std::string words(const std::vector<GivenField>& given) {
    std::string text;
    for (const GivenField& one : given) {
        const bool number = std::holds_alternative<double>(one.shown);
        text += (text.empty() ? "" : " ") + std::string(one.field->name) + "=";
        text += number ? one.text : "'" + std::get<std::string>(one.shown) + "'";
    }
    return text;
}

std::string next(ScenarioLines& lines) {
    std::vector<GivenField> given;
    return lines.next(given) ? words(given) : "end";
}

// What is wrong with the next line, and what could be read of it.
Fault next_fault(ScenarioLines& lines, std::string& rest) {
    std::vector<GivenField> given;
    const Fault fault = fault_of([&] { lines.next(given); });
    rest = words(given);
    return fault;
}

std::string keys(const ScenarioLines& lines) {
    std::string text;
    for (const GivenColumn& column : lines.columns()) {
        CHECK(find_field(name_of_key(column.key)) == column.field);
        text += column.key + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("- and files of .jsonl and .csv hold lines, other words are models") {
    CHECK(names_lines("-"));
    CHECK(names_lines("runs.csv"));
    CHECK(names_lines("runs.jsonl"));
    CHECK_FALSE(names_lines("config.json"));
    CHECK_FALSE(names_lines("llama-3.1-8b"));
}

TEST_CASE("CSV: a cell is a number where its field takes one; empty cells say nothing") {
    const auto lines = lines_of(
        "model,hw,batch,kv-dtype,isl\n"
        "m,h100,8,,2k\n"
        "\n"
        "7,l40s,,fp8,1e3\n");
    CHECK(keys(*lines) == "model hw batch kv-dtype isl ");
    CHECK(next(*lines) == "model='m' hw='h100' batch=8 isl='2k'");
    CHECK(lines->line() == 2);
    CHECK(next(*lines) == "model='7' hw='l40s' kv-dtype='fp8' isl=1e3");
    CHECK(lines->line() == 4);
    CHECK(next(*lines) == "end");
}

TEST_CASE("the answers of another sweep are passed over: line, fits, figures and reason") {
    const auto lines = lines_of(
        "line,model,fits,ttft_s,gpus,reason\n"
        "2,m,false,0.5,8,does not fit\n");
    CHECK(keys(*lines) == "model ");
    CHECK(next(*lines) == "model='m'");
    const auto objects =
        lines_of(R"({"line": 1, "model": "m", "fits": [1], "tpot_s": {}, "reason": "r"})", "jsonl");
    CHECK(keys(*objects) == "model ");
    CHECK(next(*objects) == "model='m'");
}

TEST_CASE("a bad line keeps what could be read, and does not end the others") {
    const auto lines = lines_of(
        "model,btach,batch,hw\n"
        "m,3,8,h100\n"
        "m,,1,l40s\n");
    std::string rest;
    const Fault fault = next_fault(*lines, rest);
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.message == "'btach' is no field of a deployment");
    CHECK(fault.hint == "did you mean batch?");
    CHECK(rest == "model='m' batch=8 hw='h100'");
    CHECK(next(*lines) == "model='m' batch=1 hw='l40s'");
    const auto twice = lines_of("kv-dtype,kv_dtype\nfp8,bf16\n");
    CHECK(keys(*twice) == "kv-dtype ");
    CHECK(next_fault(*twice, rest).message == "'kv_dtype' is given twice");
    CHECK(rest == "kv-dtype='fp8'");
}

TEST_CASE("an object a line: null says nothing, columns are those of all lines") {
    const auto lines = lines_of(
        "\n{\"model\": \"m\", \"batch\": 8, \"tp\": null}\n \t\n"
        "{\"hw\": \"h100\", \"batch\": \"4k\", \"isl\": 0.5}",
        "jsonl");
    CHECK(keys(*lines) == "model batch tp hw isl ");
    CHECK(next(*lines) == "model='m' batch=8");
    CHECK(lines->line() == 2);
    CHECK(next(*lines) == "hw='h100' batch='4k' isl=0.5");
    CHECK(lines->line() == 4);
    CHECK(next(*lines) == "end");
    CHECK(next(*lines_of("{\"batch\": 1}")) == "batch=1");  // whatever the file is called
}

TEST_CASE("lines of JSON that are none say so in their turn, at their place") {
    const auto lines = lines_of(
        "{\"batch\": [1], \"hw\": \"h100\", \"tp\": true}\n"
        "{\"batch\": }\n"
        "17\n"
        "{\"batch\": 2, \"batch\": 3}\n"
        "{\"batch\": 5}\n",
        "jsonl");
    std::string rest;
    const Fault kind = next_fault(*lines, rest);
    CHECK(kind.code == ErrorCode::bad_record);
    CHECK(kind.message == "'batch' is an array");
    CHECK(kind.hint == "write a number or a string, or leave it out");
    CHECK(rest == "hw='h100' tp='true'");
    const Fault broken = next_fault(*lines, rest);
    CHECK(broken.code == ErrorCode::malformed_json);
    CHECK(broken.where.line == 2);
    const Fault number = next_fault(*lines, rest);
    CHECK(number.code == ErrorCode::bad_record);
    CHECK(number.message == "an object is wanted, found a number");
    CHECK(number.hint ==
          R"(for example {"model": "llama-3.1-8b", "hw": "h100", "concurrency": 8})");
    CHECK(next_fault(*lines, rest).where.line == 4);
    CHECK(next(*lines) == "batch=5");
    CHECK(lines->line() == 5);
}

TEST_CASE("a JSON array is refused at its bracket, before any line") {
    const Fault fault = fault_of([] { lines_of("\n  [\n{\"batch\": 1}]\n", "jsonl"); });
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.message == "this is a JSON array, and scenarios stand one on a line");
    CHECK(fault.hint == "an object a line; jq -c '.[]' writes an array so");
    CHECK(fault.where.line == 2);
    CHECK(fault.where.column == 3);
    CHECK(fault.where.snippet.empty());
}

}  // namespace scenario_lines_test
