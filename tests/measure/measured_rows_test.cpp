#include "roofline/measure/measured_rows.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "measure/sources.hpp"

namespace measured_rows_test {

using namespace roofline;

namespace {

const std::string columns = "hardware,model,concurrency,input_tokens,output_tokens";
const std::string cells = "h100,llama-3.1-8b,8,1000,200";

struct Read {
    std::vector<MeasuredRow> rows;
    std::vector<std::string> unread;
};

Read read(const std::string& text) {
    Catalog catalog;
    Read result;
    result.unread = read_measured_rows({.name = "runs.csv", .text = text}, catalog,
                                       [&](MeasuredRow row) { result.rows.push_back(row); });
    return result;
}

// One row with a cell more.
MeasuredRow with(const std::string& column, const std::string& cell) {
    return read(columns + "," + column + "\n" + cells + "," + cell + "\n").rows.at(0);
}

Fault refused(const std::string& column, const std::string& cell) {
    return fault_of([&] { with(column, cell); });
}

double ms(const std::optional<Seconds>& time) { return time->in(millisecond); }

}  // namespace

TEST_CASE("the five columns that must be there are a deployment, known by its line") {
    const MeasuredRow row = read(columns + "\n" + cells + "\n").rows.at(0);
    CHECK(row.id == "2");
    CHECK(row.line == 2);
    CHECK(row.group.empty());
    CHECK(row.flag.empty());
    CHECK(row.skip.empty());
    CHECK(row.model == "llama-3.1-8b");
    CHECK(row.device == "h100");
    CHECK(row.deployment.device->id == "h100-sxm");
    CHECK(row.deployment.concurrency == 8);
    CHECK(row.deployment.isl == 1000);
    CHECK(row.deployment.osl == 200);
    CHECK_FALSE(row.deployment.gpus);
    CHECK_FALSE(row.deployment.kv_cache);
    CHECK_FALSE(row.deployment.lengths);
    CHECK_FALSE(row.time_per_token);
    CHECK(row.first_token_usable);
    for (const std::string column :
         {"hardware", "model", "concurrency", "input_tokens", "output_tokens"}) {
        const std::string other = std::string(columns).replace(columns.find(column), 1, "_");
        CHECK(fault_of([&] { read(other + "\n"); }).message ==
              "column '" + column + "' is missing");
    }
}

TEST_CASE("every other column is read into its place") {
    const MeasuredRow row =
        read(columns +
             ",id,group,flag,gpus,tp,pp,dp,ep,poll_steps,stream_interval,waves,kv_bytes,"
             "equal_lengths,weights,dtype,engine,engine_version,date\n" +
             cells + ",run 7,night,slow,64,2,4,8,16,3,5,2.5,1,1,fp8,bf16,SGLang,0.5,2026\n")
            .rows.at(0);
    CHECK(row.id == "run 7");
    CHECK(row.group == "night");
    CHECK(row.flag == "slow");
    const Deployment& d = row.deployment;
    CHECK(d.gpus == 64);
    CHECK(d.tensor_parallel == 2);
    CHECK(d.pipeline_parallel == 4);
    CHECK(d.data_parallel == 8);
    CHECK(d.expert_parallel == 16);
    CHECK(d.poll_steps == 3);
    CHECK(d.stream_interval == 5);
    CHECK(d.waves == 2.5);
    CHECK(d.kv_cache == Precision::fp8);
    CHECK(d.lengths == Lengths::equal);
    CHECK(d.weights == WeightFormat::fp8);
    CHECK(d.compute == Precision::bf16);
    CHECK(d.engine->program == ServingEngine::sglang);
    CHECK(with("kv_bytes", "2").deployment.kv_cache == Precision::bf16);
    CHECK(with("equal_lengths", "0").deployment.lengths == Lengths::varied);
}

TEST_CASE("what was measured: milliseconds, and tokens a second of all GPUs") {
    const MeasuredRow row =
        read(columns + ",ttft_ms,tpot_ms,e2e_ms,output_tokens_per_s,ttft_usable\n" + cells +
             ",80.5,9.25,1921,850,0\n")
            .rows.at(0);
    CHECK_THAT(ms(row.time_to_first_token), WithinRel(80.5, 1e-12));
    CHECK_THAT(ms(row.time_per_token), WithinRel(9.25, 1e-12));
    CHECK_THAT(ms(row.end_to_end), WithinRel(1921, 1e-12));
    CHECK(row.output == 850 * token / second);
    CHECK_FALSE(row.first_token_usable);
    CHECK(with("ttft_usable", "1").first_token_usable);
}

TEST_CASE("a row that cannot be predicted is kept and says why") {
    CHECK(with("weights", "fp7").skip == "weight format 'fp7' is not known");
    CHECK(with("dtype", "fp7").skip == "precision 'fp7' is not known");
    CHECK(with("engine", "tgi").skip == "engine 'tgi' is not known");
    CHECK(with("batch", "4").skip == "concurrency and batch are two loads");
    const std::string unknown = "concurrency, input_tokens or output_tokens is unknown";
    CHECK(read(columns + "\nh100,llama-3.1-8b,,1000,200\n").rows[0].skip == unknown);
    CHECK(read(columns + "\nh100,llama-3.1-8b,8,,200\n").rows[0].skip == unknown);
    CHECK(read(columns + "\nh100,llama-3.1-8b,8,1000,\n").rows[0].skip == unknown);
    const MeasuredRow nobody = read(columns + "\nh100,llama-9,8,1000,200\n").rows[0];
    CHECK(nobody.skip.find("llama-9") != std::string::npos);
    CHECK(nobody.model == "llama-9");
    const Read batch = read(columns + ",batch\nh100,llama-3.1-8b,,1000,200,4\n");
    CHECK(batch.rows[0].skip.empty());
    CHECK(batch.rows[0].deployment.batch == 4);
}

TEST_CASE("numbers that cannot be meant are refused with their line: E311") {
    const Fault half = refused("gpus", "1.5");
    CHECK(half.code == ErrorCode::bad_table);
    CHECK(half.message == "gpus: 1.5 is no whole number from 1 up");
    CHECK(half.where.file == "runs.csv");
    CHECK(half.where.line == 2);
    for (const std::string column :
         {"tp", "pp", "dp", "ep", "batch", "poll_steps", "stream_interval"})
        CHECK(refused(column, "0").message == column + ": 0 is no whole number from 1 up");
    for (const std::string column : {"waves", "output_tokens_per_s"})
        CHECK(refused(column, "0").message == column + " must be above 0, found 0");
    CHECK(fault_of([] { read(columns + "\nh100,llama-3.1-8b,0,1000,200\n"); }).message ==
          "concurrency must be above 0, found 0");
    CHECK(fault_of([] { read(columns + "\nh100,llama-3.1-8b,8,0,200\n"); }).message ==
          "input_tokens must be above 0, found 0");
    CHECK(fault_of([] { read(columns + "\nh100,llama-3.1-8b,8,1000,0\n"); }).message ==
          "output_tokens must be above 0, found 0");
    CHECK(refused("kv_bytes", "4").message == "kv_bytes: 4 is neither 1 nor 2");
    CHECK(refused("tpot_ms", "fast").message == "tpot_ms: 'fast' is no number from 0 up");
}

TEST_CASE("columns that nobody reads are named, versions and dates are not") {
    CHECK(read(columns + ",engine_version,date\n" + cells + ",1,2\n").unread.empty());
    CHECK(read(columns + ",notes,tpot\n" + cells + ",x,9\n").unread ==
          std::vector<std::string>{"notes", "tpot"});
}

}  // namespace measured_rows_test
