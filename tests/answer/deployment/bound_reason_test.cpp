#include "answer/deployment/bound_reason.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace bound_reason_test {

using namespace roofline;

namespace {

/// A decode step of given work, bytes and times; h100-sxm has 989.4 TFLOP/s in bf16 and 3.35 TB/s.
PhaseOutcome decode_of(double gigaflops, double gigabytes, double compute_ms, double memory_ms,
                       double network_ms = 0) {
    PhaseOutcome phase{.name = "decode", .pass = Pass::next_token, .step = {.before = 1024}};
    phase.time.flops = gigaflops * 1e9 * flop;
    phase.time.traffic.weights = gigabytes * gigabyte;
    phase.time.by_bound = {compute_ms * millisecond, memory_ms * millisecond,
                           network_ms * millisecond};
    return phase;
}

std::string reason(const std::string& scenario, const PhaseOutcome& phase) {
    return bound_reason(prepare(deployed(scenario)), phase);
}

}  // namespace

TEST_CASE("on the side of the ridge that its bound is on, a phase is named by intensity alone") {
    CHECK(reason("llama-3.1-8b@h100-sxm", decode_of(20, 10, 0, 1)) ==
          "2.00 FLOP/byte against a ridge of 295 (bf16)");
    CHECK(reason("llama-3.1-8b@h100-sxm", decode_of(4000, 10, 3, 1)) ==
          "400 FLOP/byte against a ridge of 295 (bf16)");
}

TEST_CASE(
    "operators that differ: 3 of 4 ms compute-bound at 100 FLOP/byte, 3 of 5 memory-bound at "
    "400") {
    CHECK(reason("llama-3.1-8b@h100-sxm", decode_of(1000, 10, 3, 1)) ==
          "75 % of its time, though 100 FLOP/byte on average is below the ridge of 295 (bf16)");
    CHECK(reason("llama-3.1-8b@h100-sxm", decode_of(4000, 10, 2, 3)) ==
          "60 % of its time, though 400 FLOP/byte on average is past the ridge of 295 (bf16)");
}

TEST_CASE("the ridge is that of the arithmetic with most work: 1979 TFLOP/s fp8 / 3.35 TB/s") {
    CHECK(reason("llama-3.1-8b@h100-sxm quant=fp8", decode_of(20, 10, 0, 1)) ==
          "2.00 FLOP/byte against a ridge of 591 (fp8)");
}

TEST_CASE("what crosses a link is named with the link: 6 of 8 ms") {
    CHECK(reason("llama-3.1-8b@h100-sxmx2", decode_of(20, 10, 0, 2, 6)) ==
          "75 % of its time is all-reduce through NVLink 4 via NVSwitch at 450 GB/s");
    CHECK(reason("llama-3.1-8b@h100-sxmx16 tp=1 pp=16", decode_of(20, 10, 0, 2, 6)) ==
          "75 % of its time is pipeline send through the network card at 50.0 GB/s");
}

}  // namespace bound_reason_test
