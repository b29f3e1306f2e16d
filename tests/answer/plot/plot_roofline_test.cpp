#include "answer/plot/plot_roofline.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"
#include "report/humanize.hpp"

namespace plot_roofline_test {

using namespace roofline;

namespace {

const std::string small = "llama-3.1-8b@h100-sxm batch=32 context=4096 isl=4096";

PlottedDeployment plotted(const std::string& scenario, Basis basis = Basis::bound) {
    return {.name = scenario,
            .place = roofline_place(deployed(scenario), basis, {PointKind::decode}, Knowledge())};
}

Report report_of(const std::vector<PlottedDeployment>& all, const Calibration& calibration = {}) {
    return roofline_report(all,
                           {.basis = Basis::bound,
                            .more_roofs = [](const Device&) { return std::vector<Precision>{}; }},
                           calibration);
}

}  // namespace

// Every weight but the embedding is read and multiplied, and 32 x 4096 tokens of the cache.
TEST_CASE(
    "the verdict says what holds a deployment up: 549 GFLOP over 32.2 GB are 17.1 FLOP/byte") {
    CHECK(report_of({plotted(small)}).verdict ==
          "decode is memory-bound: 17.1 FLOP/byte against a ridge of 295 (bf16)");
}

TEST_CASE("of several deployments one sentence says what bounds them") {
    const PlottedDeployment one = plotted(small);
    CHECK(report_of({one, one}).verdict == "decode: both memory-bound (17.1 FLOP/byte)");
    const PlottedDeployment other = plotted("llama-3.1-8b@h100-sxm batch=32 context=2k");
    CHECK(report_of({one, other}).verdict == "decode: both memory-bound (17.1 and 21.8 FLOP/byte)");
    CHECK(report_of({one, other, one}).verdict ==
          "decode: all 3 memory-bound (17.1 and 21.8 FLOP/byte)");
}

TEST_CASE("where they are bound by different things each is named, three at most") {
    PlottedDeployment memory = plotted(small);
    memory.name = "a";
    PlottedDeployment compute = plotted("llama-3.1-8b@h100-sxm batch=600 context=1");
    compute.name = "b";
    CHECK(report_of({memory, compute}).verdict ==
          "decode of 'a' is memory-bound (17.1 FLOP/byte) and decode of 'b' is compute-bound (" +
              humanize_number(compute.place.step.main().time.intensity().in(flop / byte)) +
              " FLOP/byte)");
    CHECK(report_of({memory, compute, memory, memory, memory}).verdict.ends_with(" and 2 more"));
}

TEST_CASE("a deployment that does not stand is the verdict") {
    CHECK(report_of({plotted(small), plotted("llama-3.1-70b@h100-sxm")})
              .verdict.starts_with("'llama-3.1-70b@h100-sxm' cannot fit: 131.4 GiB of weights"));
}

// 4.947 TFLOP in 10 ms are 495 TFLOP/s, half of the 989.4 of the data sheet.
TEST_CASE("the record of a roofline: who was asked, the roofs, and every point under its own") {
    PlottedDeployment half = plotted(small);
    RoofPoint& point = half.place.points.at(0);
    point.flops = 4.947 * teraflop;
    point.bytes = 10 * gigabyte;
    point.time = 10 * millisecond;
    point.bound = Bound::compute;
    const Report report = report_of({half});
    CHECK(report.command == "plot");
    CHECK(json_text(report.inputs) == R"({
  "basis": "bound",
  "scenarios": [
    {
      "name": "llama-3.1-8b@h100-sxm batch=32 context=4096 isl=4096",
      "inputs": {
        "model": "llama-3.1-8b",
        "hw": "h100-sxm",
        "tp": 1,
        "pp": 1,
        "dp": 1,
        "ep": 1,
        "replicas": 1,
        "quant": "bf16",
        "kv_dtype": "bf16",
        "batch": 32,
        "isl": 4096,
        "osl": 256,
        "context": 4096,
        "engine": "vllm",
        "gpus": 1
      }
    }
  ]
}
)");
    CHECK(json_text(report.result) == R"({
  "title": "Roofline of llama-3.1-8b@h100-sxm batch=32 context=4096 isl=4096",
  "roofs": [
    {
      "hw": "h100-sxm",
      "dtype": "bf16",
      "peak_flop_per_s": 989400000000000,
      "bandwidth_bytes_per_s": 3350000000000,
      "ridge_flop_per_byte": 295.34328358208955
    }
  ],
  "points": [
    {
      "scenario": "llama-3.1-8b@h100-sxm batch=32 context=4096 isl=4096",
      "point": "decode",
      "basis": "bound",
      "hw": "h100-sxm",
      "dtype": "bf16",
      "flops": 4947000000000,
      "bytes": 10000000000,
      "time_s": 0.01,
      "intensity_flop_per_byte": 494.7,
      "attained_flop_per_s": 494700000000000,
      "bound": "compute",
      "roof_flop_per_s": 989400000000000,
      "share_of_roof": 0.5
    }
  ]
}
)");
}

TEST_CASE("a picture is named as asked, and drawn with the roofs that are asked for") {
    const Report report =
        roofline_report({plotted(small)},
                        {.basis = Basis::bound,
                         .more_roofs = [](const Device&) { return std::vector{Precision::fp8}; },
                         .title = "Mine"},
                        {});
    REQUIRE(report.blocks.size() == 1);
    const Chart& chart = std::get<Chart>(report.blocks[0]);
    CHECK(chart.title == "Mine");
    CHECK(chart.roofs.size() == 2);
    CHECK(raw_at(report.result, "title") == "Mine");
    CHECK(raw_at(report.result, "roofs[1].dtype") == "fp8");
}

TEST_CASE("expected points rest on fitted efficiencies and a profile, bounds on neither") {
    CHECK(report_of({plotted(small)}).assumptions.empty());
    const Calibration profile{
        .device = "l40s", .model = "llama-3.1-8b", .engine = "vllm", .file = "profile.json"};
    const Report report = report_of({plotted(small, Basis::expected)}, profile);
    REQUIRE(report.assumptions.size() == 2);
    CHECK(report.assumptions[0].id == "expected");
    CHECK(report.assumptions[1].id == "calibration");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W303");
}

TEST_CASE("a point above its roof is warned of: 4 TFLOP and 20 GB in 5 ms are 800 TFLOP/s") {
    PlottedDeployment fast = plotted(small);
    fast.name = "fast";
    RoofPoint& point = fast.place.points.at(0);
    point.flops = 4 * teraflop;
    point.bytes = 20 * gigabyte;
    point.time = 5 * millisecond;
    const Report report = report_of({fast});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W308");
    CHECK(report.warnings[0].message ==
          "decode of fast is above its roof: 800 TFLOP/s, where 670 TFLOP/s is the most");
    CHECK(report_of({plotted(small)}).warnings.empty());
}

}  // namespace plot_roofline_test
