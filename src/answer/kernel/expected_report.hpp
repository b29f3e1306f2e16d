// The expected time of one kernel and what it rests on, as pages and records say it.
#pragma once

#include "kernel/expected_kernel.hpp"
#include "report/report.hpp"

#include <string>

namespace roofline {

/// "shares of peak and bandwidth 0.78 and 0.87, 3.31 µs fixed".
std::string losses_words(const ExpectedKernel& expected);

/// "1,872 measured bf16 products of vllm 0.14.0, off by 6 % in the median".
std::string evidence_words(const ExpectedKernel& expected);
Record evidence_record(const ExpectedKernel& expected);

/// `report` with `expected_s` and `evidence` in its result, the verdict's last words, a line and
/// the assumption.
Report with_expected(Report report, const Expectation& expectation);

}  // namespace roofline
