// The expected time of one kernel and what it rests on: what `kernel gemm | attention | moe |
// allreduce` share.
#pragma once

#include "catalog/kernel_efficiency.hpp"
#include "cli/line/command.hpp"
#include "kernel_report.hpp"
#include "report/report.hpp"

#include <optional>
#include <string>

namespace roofline::cli {

struct ExpectedKernel {
    Seconds time;
    KernelEvidence evidence;
    std::string what;    ///< "bf16 products"
    std::string losses;  ///< "shares of peak and bandwidth 0.78 and 0.87, 3.31 µs fixed"
    std::string source;
};

/// Or why there is none.
struct Expectation {
    std::optional<ExpectedKernel> kernel;
    std::string why_not;
};

/// The library that --engine names.
std::optional<ServingEngine> engine_from(const Arguments& arguments);

std::string losses_of(const RoofShares& roof);

/// "1,872 measured bf16 products of vllm 0.14.0, off by 6 % in the median".
std::string evidence_words(const ExpectedKernel& expected);
Record evidence_record(const ExpectedKernel& expected);

/// `formula` of an efficiency, never below the bound; the formula gives nullopt where the device
/// lacks the arithmetic.
Expectation expected_of(const Placed& placed, std::optional<Seconds> time, ExpectedKernel rest);

/// The result's `expected_s` and `evidence`, the verdict's last words, a line and the assumption.
void add_expected(const Expectation& expectation, Report& report);

}  // namespace roofline::cli
