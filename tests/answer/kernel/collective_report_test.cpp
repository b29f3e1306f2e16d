#include "answer/kernel/collective_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace collective_report_test {

using namespace roofline;

namespace {

/// 16 GB among `devices`, of which a link of 400 GB/s joins 8; to the others 25 GB/s.
CollectiveRequest sixteen(double devices) {
    CollectiveRequest request{.operation = Collective::all_reduce,
                              .bytes = 16 * gigabyte,
                              .devices = devices,
                              .joined = 8,
                              .link = {"Wire", 400 * gigabyte / second}};
    if (devices > 8) request.network = LinkInUse{"the network card", 25 * gigabyte / second};
    return request;
}

ExpectedKernel nccl(std::string device) {
    return {.time = 0.14 * second,
            .evidence = {.device = std::move(device),
                         .version = "2.27",
                         .median_error = 0.0625,
                         .points = 12,
                         .least_error = 0.25,
                         .most_error = 0.5},
            .what = "all-reduces",
            .losses = LinkShare{0.5},
            .source = "collectives.json"};
}

ExpectedKernel custom() {
    ExpectedKernel kernel = nccl("disc");
    kernel.time = 0.112 * second;
    kernel.evidence.engine = ServingEngine::vllm;
    kernel.evidence.version = "0.14.0";
    return kernel;
}

Report report_of(double devices, const std::vector<ExpectedKernel>& kernels) {
    return collective_report({sixteen(devices), kernels, {}}, Device{.id = "disc"});
}

}  // namespace

TEST_CASE(
    "2 x 7/8 of 16 GB over 400 GB/s are 70 ms at best; NCCL takes 140, the engine's own 112") {
    const Report report = report_of(8, {nccl("disc"), custom()});
    CHECK(text_of(report) ==
          R"(all-reduce of 16.0 GB among 8 disc: at best 70.0 ms; expected 112 ms by custom (vllm)

 library         at best  expected  of the link
 NCCL           70.00 ms  140.0 ms   50 % ████████████████████████████████████
 custom (vllm)  70.00 ms  112.0 ms   62 % █████████████████████████████████████████████
 NCCL: 12 measured all-reduces of NCCL 2.27 on disc, off by 6 % in the median
 custom (vllm): 12 measured all-reduces of vllm 0.14.0 on disc, off by 6 % in the median

 How it was worked out
 result.bound_s = 2 (n-1)/n bytes / link, and of m nodes 2 (m-1)/m bytes / n / network
   = 28.00 GB / 400.0 GB/s = 70.00 ms
   [rings, as servers add up; 40.00 ms where the switch does]

 rests on 1 assumption (--why)
)");
    CHECK(text_of(report, "csv") ==
          "library,bound_s,expected_s,link_fraction\n"
          "NCCL,0.07,0.14,0.5\n"
          "custom (vllm),0.07,0.112,0.625\n");
}

TEST_CASE(
    "70 ms in each node and an eighth of 16 GB out of it over 25 GB/s, 80 ms; nothing was "
    "measured") {
    const Report report = report_of(16, {});
    CHECK(
        text_of(report) ==
        R"(all-reduce of 16.0 GB among 16 disc: at best 150 ms; so many devices over such a link were not
measured

 How it was worked out
 result.bound_s = 2 (n-1)/n bytes / link, and of m nodes 2 (m-1)/m bytes / n / network
   = 28.00 GB / 400.0 GB/s + 2.000 GB / 25.00 GB/s = 150.0 ms
   [rings, as servers add up; 80.00 ms where the switch does]

 rests on 2 assumptions (--why)
)");
    REQUIRE(report.assumptions.size() == 2);
    CHECK(report.assumptions[0].id == "link");
    CHECK(report.assumptions[1].id == "network");
    CHECK(report.blocks.empty());
    CHECK(json_text(report.result) == R"({
  "local_bytes": 28000000000,
  "remote_bytes": 2000000000,
  "link_bytes_per_s": 400000000000,
  "network_bytes_per_s": 25000000000,
  "bound_s": 0.15000000000000002,
  "in_switch_s": 0.08,
  "in_one_node_s": null,
  "expected_s": null,
  "libraries": {}
}
)");
}

TEST_CASE("the record: what was asked, and each library with its evidence") {
    const Report report = report_of(8, {nccl("disc"), custom()});
    CHECK(report.command == "kernel allreduce");
    CHECK(json_text(report.inputs) == R"({
  "hw": "disc",
  "devices": 8,
  "operation": "all-reduce",
  "bytes": 16000000000
}
)");
    CHECK(raw_at(report.result, "remote_bytes") == "0");
    CHECK(raw_at(report.result, "network_bytes_per_s") == "null");
    CHECK(raw_at(report.result, "expected_s") == "0.112");
    CHECK(raw_at(report.result, "libraries.nccl.expected_s") == "0.14");
    CHECK(raw_at(report.result, "libraries.nccl.evidence.version") == "2.27");
    CHECK(raw_at(report.result, "libraries.custom.expected_s") == "0.112");
    CHECK(raw_at(report.result, "libraries.custom.evidence.engine") == "vllm");
}

TEST_CASE("a device that nobody measured does as NCCL does elsewhere") {
    const Report report = report_of(8, {nccl("")});
    CHECK(text_of(report).find("\n like NCCL  70.00 ms  140.0 ms ") != std::string::npos);
    CHECK(text_of(report).find("\n like NCCL: not measured on this device: the usual of others, 25 "
                               "% to 50 % off\n") != std::string::npos);
}

}  // namespace collective_report_test
