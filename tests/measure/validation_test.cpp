#include "roofline/measure/validation.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/evaluation.hpp"

#include "catch.hpp"
#include "input/csv.hpp"
#include "measure/sources.hpp"

#include <filesystem>
#include <functional>

namespace validation_test {

using namespace roofline;

namespace {

constexpr std::string_view header =
    "id,hardware,gpus,tp,engine,model,weights,kv_bytes,concurrency,input_tokens,output_tokens,"
    "ttft_ms,tpot_ms,ttft_usable,flag\n";

Validation validated(const std::string& rows) {
    Catalog catalog;
    return validate({.name = "runs.csv", .text = std::string(header) + rows}, catalog,
                    fitted_efficiency());
}

std::string fault_of(const std::string& text) {
    Catalog catalog;
    try {
        validate({.name = "runs.csv", .text = text}, catalog, fitted_efficiency());
    } catch (const UserError& error) {
        CHECK(exit_status(error.fault().code) == Exit::input);
        return message_text(error.fault());
    }
    return "no fault";
}

const std::string row = "a,h100-sxm,1,1,vllm,llama-3.1-8b,bf16,2,32,1000,200,";

}  // namespace

TEST_CASE("quantiles by linear interpolation: of 1, 2, 3, 4 the 90th per cent is 3.7") {
    CHECK_THAT(quantile({4, 1, 3, 2}, 0.9), WithinRel(3.7, 1e-12));
    CHECK(quantile({4, 1, 3, 2}, 0.5) == 2.5);
    const ErrorSummary summary = summary_of({-0.3, 0.1, 0.2});
    CHECK(summary.median == 0.2);
    CHECK(summary.bias == 0.1);
    CHECK_THAT(summary.mean, WithinRel(0.2, 1e-12));
}

TEST_CASE("a prediction never reads what was measured") {
    const auto predicted = [](const std::string& measured) {
        return validated(row + measured + "\n").rows.at(0).predicted;
    };
    const Prediction now = predicted("80,9,1,");
    for (const std::string measured : {"160,18,1,", ",,1,", "80,9,0,", "80,9,1,anomalous"}) {
        CHECK(predicted(measured).time_per_token == now.time_per_token);
        CHECK(predicted(measured).time_to_first_token == now.time_to_first_token);
        CHECK(predicted(measured).output_per_gpu == now.output_per_gpu);
    }
}

TEST_CASE("errors count rows without a flag, and first tokens that mean what they say") {
    CHECK(errors_of(validated(row + "80,9,1,\n").rows[0]).time_to_first_token);
    CHECK_FALSE(errors_of(validated(row + "80,9,0,\n").rows[0]).time_to_first_token);
    CHECK(errors_of(validated(row + "80,9,0,\n").rows[0]).time_per_token);
    CHECK_FALSE(errors_of(validated(row + "80,9,1,mtp\n").rows[0]).time_per_token);
    // 32 requests of 200 tokens in 0.08 + 200 x 0.009 s: 3404 tokens/s
    CHECK_THAT(
        measured_output_per_gpu(validated(row + "80,9,1,\n").rows[0].row)->in(token / second),
        WithinRel(32 * 200 / (0.08 + 200 * 0.009), 1e-12));
}

TEST_CASE("a row with a batch is predicted without a server") {
    const auto one = [](const std::string& columns, const std::string& cells) {
        Catalog catalog;
        const std::string text = "hardware,model,weights,concurrency,input_tokens,output_tokens," +
                                 columns + "\nh100,llama-3.1-8b,q4_0,," + cells + "\n";
        return validate({.name = "runs.csv", .text = text}, catalog, fitted_efficiency())
            .rows.at(0);
    };
    const ValidatedRow batch = one("batch,e2e_ms,output_tokens_per_s", "512,101,4,1500,200");
    const Prediction& p = batch.predicted;
    CHECK(batch.row.skip.empty());
    CHECK_THAT(p.end_to_end.in(second),
               WithinRel((p.time_to_first_token + 100 * p.time_per_token).in(second), 1e-12));
    CHECK_THAT(p.output_per_gpu.in(token / second),
               WithinRel(4 * 101 / p.end_to_end.in(second), 1e-12));
    CHECK_THAT(*errors_of(batch).end_to_end, WithinRel(p.end_to_end.in(second) / 1.5 - 1, 1e-12));
    CHECK_THAT(*errors_of(batch).output,
               WithinRel(p.output_per_gpu.in(token / second) / 200 - 1, 1e-12));
    CHECK_FALSE(errors_of(batch).time_per_token);
    // Half the layers on each of two GPUs take as long as all on one, and the hand-over.
    const Prediction split = one("batch,gpus,pp", "512,101,4,2,2").predicted;
    CHECK(split.time_per_token > p.time_per_token);
    CHECK(split.time_per_token < 1.01 * p.time_per_token);
    // Products of fp16 are slower than those of int8.
    CHECK(one("batch,dtype", "512,101,4,fp16").predicted.time_to_first_token >
          p.time_to_first_token);
    CHECK(one("batch,dtype", "512,101,4,fp17").row.skip == "precision 'fp17' is not known");
}

TEST_CASE("a concurrency and a batch are two loads, and none is unknown") {
    const std::string columns = "hardware,model,concurrency,batch,input_tokens,output_tokens\n";
    const auto skip = [&](const std::string& loads) {
        Catalog catalog;
        return validate({.name = "runs.csv",
                         .text = columns + "h100,llama-3.1-8b," + loads + ",512,128\n"},
                        catalog, fitted_efficiency())
            .rows.at(0)
            .row.skip;
    };
    CHECK(skip("4,").empty());
    CHECK(skip(",4").empty());
    CHECK(skip("4,4") == "concurrency and batch are two loads");
    CHECK(skip(",") == "concurrency, input_tokens or output_tokens is unknown");
}

TEST_CASE("the rate per GPU counts the GPUs that the row names, however they share the work") {
    const std::string text =
        "hardware,gpus,model,concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms\n"
        "h100,4,llama-3.1-8b,32,512,128,100,10\n";
    Catalog catalog;
    const Validation read =
        validate({.name = "runs.csv", .text = text}, catalog, fitted_efficiency());
    CHECK_THAT(measured_output_per_gpu(read.rows[0].row)->in(token / second),
               WithinRel(32 * 128 / (0.1 + 128 * 0.01) / 4, 1e-12));
}

TEST_CASE("a model, device or engine that is not known is a named skip") {
    const Validation validation =
        validated("b,h1000,1,1,vllm,llama-3.1-8b,bf16,2,32,1000,200,80,9,1,\n" + row + "80,9,1,\n" +
                  "c,h100,1,1,vllm,lama,bf16,2,32,1000,200,80,9,1,\n" +
                  "d,h100,1,1,quick,llama-3.1-8b,bf16,2,32,1000,200,80,9,1,\n");
    CHECK(validation.rows.size() == 4);
    CHECK(validation.skipped.size() == 3);
    CHECK(validation.rows[0].row.skip == "unknown hardware 'h1000'");
    CHECK(validation.rows[1].row.skip.empty());
    CHECK(validation.rows[3].row.skip == "engine 'quick' is not known");
}

TEST_CASE("a table that cannot be read is refused with its line") {
    CHECK(fault_of("hardware,model\nh100,llama-3.1-8b\n") ==
          "runs.csv:1: column 'concurrency' is missing");
    CHECK(fault_of(std::string(header) + row + "80,fast,1,\n") ==
          "runs.csv:2: tpot_ms: 'fast' is no number from 0 up");
    CHECK(fault_of(std::string(header) + row + "80,inf,1,\n") ==
          "runs.csv:2: tpot_ms: 'inf' is no number from 0 up");
    CHECK(fault_of(std::string(header) + "a,b\n") ==
          "runs.csv:2: 2 cells, but the header names 15 columns");
    CHECK(fault_of(std::string(header) + "\"a\n") == "runs.csv:2: a quote is not closed");
}

TEST_CASE("a million rows are read one by one") {
    Catalog catalog;
    std::string text(header);
    constexpr int rows = 1'000'000;
    text.reserve(rows * 40);
    for (int i = 0; i < rows; ++i) text += "a,x,1,1,vllm,y,bf16,2,32,1,1,1,1,1,\n";
    CsvTable table({.name = "big.csv", .text = std::move(text)});
    int count = 0;
    while (table.next()) ++count;
    CHECK(count == rows);
}

TEST_CASE("measured serving runs of public benchmarks: median errors of the fit") {
    const std::string path = ROOFLINE_SOURCE_DIR "/tests/data/serving.csv";
    Catalog catalog;
    const Validation validation = validate(read_source(path), catalog, fitted_efficiency());
    std::vector<double> tpot;
    std::vector<double> ttft;
    std::vector<double> output;
    double inside = 0;
    for (const ValidatedRow& one : validation.rows) {
        const RowErrors errors = errors_of(one);
        if (errors.time_per_token) tpot.push_back(*errors.time_per_token);
        if (errors.time_to_first_token) ttft.push_back(*errors.time_to_first_token);
        if (errors.output) output.push_back(*errors.output);
        const ErrorBand& band = one.predicted.band.time_per_token;
        if (errors.time_per_token) {
            const double ratio = 1 / (1 + *errors.time_per_token);
            inside += ratio >= band.low && ratio <= band.high ? 1 : 0;
        }
    }
    CHECK(tpot.size() >= 1280);
    CHECK(ttft.size() == 1086);
    CHECK(summary_of(tpot).median <= 0.065);
    CHECK(summary_of(tpot).mean <= 0.09);
    CHECK(summary_of(tpot).p90 <= 0.20);
    CHECK(summary_of(output).median <= 0.065);
    CHECK(summary_of(ttft).median <= 0.15);
    CHECK(summary_of(ttft).mean <= 0.21);
    CHECK(inside / static_cast<double>(tpot.size()) >= 0.8);  // of models it has seen
}

TEST_CASE("none of the measured runs beats its bound: tokens, first tokens and output") {
    Catalog catalog;
    int seen = 0;
    const auto look = [&](const MeasuredRow& row) {
        if (!row.skip.empty() || !row.flag.empty()) return;
        const Deployment& d = row.deployment;
        const Figures bound = evaluate(d, {.fit = Fit::given}).on(Basis::bound);
        INFO(row.id << " " << row.model << " on " << row.device);
        CHECK(*row.time_per_token >= *bound.time_per_token);
        ++seen;
        if (!row.first_token_usable) return;
        CHECK(*row.time_to_first_token >= *bound.time_to_first_token);
        const Seconds whole = *row.time_to_first_token + (*d.osl - 1) * *row.time_per_token;
        CHECK(*d.concurrency * *d.osl * token / whole <= *bound.output);
    };
    read_measured_rows(read_source(ROOFLINE_SOURCE_DIR "/tests/data/serving.csv"), catalog, look);
    CHECK(seen == 1293);
}

std::string with_cells(std::string_view csv, const std::function<std::string(double)>& changed) {
    constexpr int first = 19;  // ttft_ms, then tpot_ms
    std::string result;
    int line = 0;
    for (std::size_t at = 0; at < csv.size(); ++line) {
        const std::size_t end = std::min(csv.find('\n', at), csv.size());
        std::size_t cell = at;
        for (int column = 0; cell <= end; ++column) {
            const std::size_t next = std::min(csv.find(',', cell), end);
            const std::string text(csv.substr(cell, next - cell));
            const bool measured = line > 0 && (column == first || column == first + 1);
            result += measured && !text.empty() ? changed(std::stod(text)) : text;
            result += next == end ? '\n' : ',';
            cell = next + 1;
        }
        at = end + 1;
    }
    return result;
}

TEST_CASE("what was measured is not looked at: twice as long or empty, the predictions stay") {
    const Source measured = read_source(ROOFLINE_SOURCE_DIR "/tests/data/serving.csv");
    const auto predictions = [](std::string text) {
        Catalog catalog;
        const Validation validation =
            validate({.name = "rows.csv", .text = std::move(text)}, catalog, fitted_efficiency());
        std::vector<double> times;
        for (const ValidatedRow& one : validation.rows) {
            times.push_back(one.predicted.time_per_token.in(second));
            times.push_back(one.predicted.time_to_first_token.in(second));
        }
        return times;
    };
    const std::vector<double> before = predictions(measured.text);
    CHECK(before.size() > 2500);
    CHECK(predictions(with_cells(measured.text,
                                 [](double ms) { return std::to_string(2 * ms); })) == before);
    CHECK(predictions(with_cells(measured.text, [](double) { return std::string(); })) == before);
}

}  // namespace validation_test
