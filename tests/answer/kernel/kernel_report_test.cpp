#include "answer/kernel/kernel_report.hpp"

#include "catch.hpp"
#include "page.hpp"
#include "report/shown_table.hpp"

namespace kernel_report_test {

using namespace roofline;

namespace {

/// 100 TFLOP/s in bf16, 200 in fp8, and 1 TB/s.
const Device& disc() {
    static const Device device = [] {
        Device d{.id = "disc"};
        d.peaks = {{ComputeUnit::matrix, Precision::bf16, {100 * teraflop / second, {"sheet"}}},
                   {ComputeUnit::matrix, Precision::fp8, {200 * teraflop / second, {"sheet"}}}};
        d.memory = {{.level = MemoryLevel::dram,
                     .bandwidth = Figure<BytesPerSecond>{1 * terabyte / second, {"driver"}}}};
        return d;
    }();
    return device;
}

PlacedKernel placed(Kernel kernel, Precision precision = Precision::bf16) {
    return {std::move(kernel), *ridge_of(disc(), precision, MemoryLevel::dram)};
}

PlacedKernel work(double teraflops, double gigabytes) {
    return placed({"work", teraflops * teraflop, gigabytes * gigabyte});
}

Expectation nothing() { return {.kernel = {}, .why_not = "nobody looked"}; }

ExpertsRequest experts(Routing routing) {
    return {.shape = {.tokens = 64,
                      .hidden = 1000,
                      .width = 2000,
                      .active = 8,
                      .experts = 256,
                      .tensor_parallel = 2,
                      .expert_parallel = 4},
            .routing = routing,
            .format = WeightFormat::fp8};
}

}  // namespace

TEST_CASE("0.5 TFLOP over 10 GB are 50 FLOP/byte, half the ridge of 100: 10 ms of moving") {
    const Report report = work_report(work(0.5, 10), disc());
    CHECK(report.command == "kernel work");
    CHECK(text_of(report, "table", 120) ==
          R"(memory-bound on disc: 50.0 FLOP/byte is 2x below the ridge (100). At best 10.0 ms

 kernel  dtype       work    bytes  FLOP/byte  bound   compute roof  memory roof   at best  of peak
 work    bf16   500 GFLOP  10.0 GB         50  memory      5.000 ms     10.00 ms  10.00 ms   50 % ██████████████████████

 How it was worked out
 result.bound_s = max(flops / peak, bytes / bandwidth)
   = max(500.0 GFLOP / 100.0 TFLOP/s, 10.00 GB / 1.000 TB/s) = max(5.000 ms, 10.00 ms) = 10.00 ms
   [Williams et al. 2009; peak: sheet; bandwidth: driver]
)");
    CHECK(work_report(work(4, 10), disc()).verdict ==
          "compute-bound on disc: 400 FLOP/byte is 4x past the ridge (100). At best 40.0 ms");
    CHECK(text_of(report, "csv") ==
          "kernel,dtype,flops,bytes,intensity_flop_per_byte,bound,compute_s,memory_s,bound_s,"
          "peak_fraction\n"
          "work,bf16,500000000000,10000000000,50,memory,0.005,0.01,0.01,0.5\n");
}

TEST_CASE("a kernel's record: its work and the device's, and 50 of 100 TFLOP/s attainable") {
    const Report report = work_report(work(0.5, 10), disc());
    CHECK(json_text(report.inputs) == R"({
  "hw": "disc",
  "dtype": "bf16",
  "level": "dram",
  "flops": 500000000000,
  "bytes": 10000000000
}
)");
    CHECK(json_text(report.result) == R"({
  "flops": 500000000000,
  "bytes": 10000000000,
  "intensity_flop_per_byte": 50,
  "ridge_flop_per_byte": 100,
  "bound": "memory",
  "compute_s": 0.005,
  "memory_s": 0.01,
  "bound_s": 0.01,
  "attainable_flop_per_s": 50000000000000,
  "peak_fraction": 0.5
}
)");
}

TEST_CASE("gemm: 1,000 x 500, 500 x 2,000 and 1,000 x 2,000, twice, of 2 bytes; of fp8 C alone") {
    GemmRequest request{.shape = {.m = 1000, .n = 2000, .k = 500}, .batch = 2};
    const Report wide = gemm_report(request, placed(gemm_kernel(request)), disc(), nothing());
    CHECK(wide.command == "kernel gemm");
    CHECK(text_of(wide).find("\n A 2.00 MB, B 4.00 MB, C 8.00 MB, each moved once\n\n"
                             " Expected: unknown; nobody looked\n") != std::string::npos);
    CHECK(raw_at(wide.inputs, "m") == "1000");
    CHECK(raw_at(wide.inputs, "n") == "2000");
    CHECK(raw_at(wide.inputs, "k") == "500");
    CHECK(raw_at(wide.inputs, "batch") == "2");
    CHECK(raw_at(wide.result, "a_bytes") == "2000000");
    CHECK(raw_at(wide.result, "b_bytes") == "4000000");
    CHECK(raw_at(wide.result, "c_bytes") == "8000000");
    CHECK(wide.assumptions.empty());
    request.precision = Precision::fp8;
    const Report narrow =
        gemm_report(request, placed(gemm_kernel(request), Precision::fp8), disc(), nothing());
    CHECK(raw_at(narrow.inputs, "dtype") == "fp8");
    REQUIRE(narrow.assumptions.size() == 1);
    CHECK(narrow.assumptions[0].id == "result_bytes");
    CHECK(assumption_line(narrow.assumptions[0]) ==
          "bytes per element of the result: 2 (narrow products accumulate in fp32 and leave as "
          "bf16)");
}

TEST_CASE("attention: FlashAttention, and naive, which moves 4 times the bytes") {
    const AttentionRequest request{.queries = 500,
                                   .keys = 1000,
                                   .heads = 10,
                                   .kv_heads = 2,
                                   .head_dim = 64,
                                   .window = {.reach = Reach::sliding, .tokens = 100},
                                   .causal = false,
                                   .stored = Precision::fp8};
    const PlacedAttention both{request, work(0.5, 10), work(0.5, 40)};
    const Report report = attention_report(both, disc(), nothing());
    CHECK(report.command == "kernel attention");
    CHECK(report.verdict ==
          "FlashAttention is memory-bound on disc: 50.0 FLOP/byte is 2x below the ridge (100). At "
          "best 10.0 ms; naive attention takes at best 4x as long");
    CHECK(
        text_of(report, "table", 400)
            .find("\n FlashAttention: every tensor moved once; keys and values that tiles read "
                  "again come from the L2 cache\n naive: the matrix of scores is written and read "
                  "twice, masked pairs too\n") != std::string::npos);
    CHECK(raw_at(report.result, "flash.bound_s") == "0.01");
    CHECK(raw_at(report.result, "naive.bound_s") == "0.04");
    CHECK(raw_at(report.result, "expected_s") == "null");
    CHECK(json_text(report.inputs) == R"({
  "hw": "disc",
  "dtype": "bf16",
  "level": "dram",
  "batch": 1,
  "q_len": 500,
  "kv_len": 1000,
  "heads": 10,
  "kv_heads": 2,
  "head_dim": 64,
  "window": 100,
  "causal": false,
  "latent": false,
  "kv_dtype": "fp8"
}
)");
}

TEST_CASE("latent attention has widths of its own, and no naive form") {
    const PlacedAttention latent{{.keys = 1000, .latent = true}, work(0.5, 10), {}};
    const Report report = attention_report(latent, disc(), nothing());
    CHECK(report.verdict.starts_with("memory-bound on disc: "));
    CHECK(text_of(report).find("\n widths of DeepSeek-V3; a prompt head by head, a single token in "
                               "latents\n") != std::string::npos);
    CHECK(raw_at(report.inputs, "latent") == "true");
    CHECK(raw_at(report.inputs, "kv_heads") == "null");
    CHECK(raw_at(report.inputs, "head_dim") == "null");
    CHECK(raw_at(report.inputs, "window") == "null");
    CHECK(report.result.find("naive") == nullptr);
    CHECK(report.result.find("expected_s") != nullptr);
}

// 64 tokens with 8 of 256 experts each, of which a rank has 64: 64 (1 - (31/32)^64).
TEST_CASE("experts: 55.6 of 64 at random, all of them evenly") {
    const Report random =
        experts_report(experts(Routing::random), work(0.5, 10), disc(), nothing());
    const std::string page = text_of(random, "table", 400);
    CHECK(page.find("\n 55.6 of 64 experts  bf16 ") != std::string::npos);
    CHECK(page.find("\n routed experts of one layer on one device: both products, activation "
                    "between\n") != std::string::npos);
    CHECK(assumption_line(random.assumptions.back()) ==
          "how tokens choose experts: at random (--routing; measured kernels had them evenly, real "
          "models lie between)");
    CHECK(random.assumptions.back().id == "routing");
    const Report even =
        experts_report(experts(Routing::balanced), work(0.5, 10), disc(), nothing());
    CHECK(raw_text(even.assumptions.back().value) == "evenly");
    CHECK(even.command == "kernel moe");
    CHECK(raw_at(even.result, "touched_experts") == "64");
    CHECK(json_text(even.inputs) == R"({
  "hw": "disc",
  "dtype": "bf16",
  "level": "dram",
  "tokens": 64,
  "hidden": 1000,
  "intermediate": 2000,
  "experts": 256,
  "active": 8,
  "tp": 2,
  "ep": 4,
  "routing": "balanced",
  "format": "fp8"
}
)");
}

}  // namespace kernel_report_test
