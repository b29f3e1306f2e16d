#include "answer/kernel/expected_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace expected_report_test {

using namespace roofline;

namespace {

ExpectedKernel products() {
    return {.time = 0.0125 * second,
            .evidence = {.device = "h100-sxm",
                         .engine = ServingEngine::vllm,
                         .version = "0.14.0",
                         .kernel = "cutlass",
                         .median_error = 0.0625,
                         .points = 1872},
            .what = "bf16 products",
            .losses = RoofShares{.compute = 0.75, .memory = 0.5, .fixed = 3.25 * microsecond},
            .source = "data/efficiency/gemm.json"};
}

/// The usual of other devices.
ExpectedKernel unmeasured() {
    ExpectedKernel expected = products();
    expected.evidence = {.least_error = 0.25, .most_error = 0.5};
    return expected;
}

Report report_so_far() {
    Report report{.verdict = "memory-bound"};
    report.result.add("bound", 0.01 * second);
    return report;
}

}  // namespace

TEST_CASE("losses: shares of both roofs, of bandwidth alone, or of a link, and the kernel's name") {
    ExpectedKernel expected = products();
    CHECK(losses_words(expected) == "shares of peak and bandwidth 0.75 and 0.5, 3.25 µs fixed");
    expected.kernel = "cutlass";
    CHECK(losses_words(expected) ==
          "shares of peak and bandwidth 0.75 and 0.5, 3.25 µs fixed; kernel cutlass");
    expected.losses = RoofShares{.compute = 0, .memory = 0.5, .fixed = 3.25 * microsecond};
    CHECK(losses_words(expected) == "share of bandwidth 0.5, 3.25 µs fixed; kernel cutlass");
    expected.losses = LinkShare{.share = 0.25};
    CHECK(losses_words(expected) == "share of the link 0.25; kernel cutlass");
}

TEST_CASE("evidence: how many were measured, of which library, and how far off the fit is") {
    CHECK(evidence_words(products()) ==
          "1,872 measured bf16 products of vllm 0.14.0 on h100-sxm, off by 6 % in the median");
    ExpectedKernel collective = products();
    collective.evidence.engine.reset();
    collective.evidence.version = "2.27";
    collective.what = "all-reduces";
    CHECK(evidence_words(collective) ==
          "1,872 measured all-reduces of NCCL 2.27 on h100-sxm, off by 6 % in the median");
    CHECK(evidence_words(unmeasured()) ==
          "not measured on this device: the usual of others, 25 % to 50 % off");
}

TEST_CASE("evidence as a record; what is unknown is null") {
    CHECK(json_text(evidence_record(products())) == R"({
  "device": "h100-sxm",
  "engine": "vllm",
  "version": "0.14.0",
  "kernel": "cutlass",
  "what": "bf16 products",
  "points": 1872,
  "median_error": 0.0625,
  "least_error": null,
  "most_error": null
}
)");
    CHECK(json_text(evidence_record(unmeasured())) == R"({
  "device": null,
  "engine": null,
  "version": null,
  "kernel": null,
  "what": "bf16 products",
  "points": null,
  "median_error": null,
  "least_error": 0.25,
  "most_error": 0.5
}
)");
}

TEST_CASE("a report gets the expected time in its verdict, its result, a line and an assumption") {
    const Report report = with_expected(report_so_far(), {.kernel = products(), .why_not = {}});
    CHECK(text_of(report) == R"(memory-bound; expected 12.5 ms
 Expected: 12.50 ms (1,872 measured bf16 products of vllm 0.14.0 on h100-sxm, off by 6 % in the
   median)

 rests on 1 assumption (--why)
)");
    CHECK(raw_at(report.result, "bound_s") == "0.01");
    CHECK(raw_at(report.result, "expected_s") == "0.0125");
    CHECK(raw_at(report.result, "evidence.points") == "1872");
    REQUIRE(report.assumptions.size() == 1);
    CHECK(report.assumptions[0].id == "efficiency");
}

TEST_CASE("without evidence the report says why not") {
    const Report report =
        with_expected(report_so_far(), {.kernel = {}, .why_not = "windows were not measured"});
    CHECK(text_of(report) == R"(memory-bound
 Expected: unknown; windows were not measured
)");
    CHECK(raw_at(report.result, "expected_s") == "null");
    CHECK(report.result.find("evidence") == nullptr);
    CHECK(report.assumptions.empty());
}

}  // namespace expected_report_test
