// What an expected figure stands on: a band of measured runs, or that nothing like it was measured.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "report/report.hpp"

#include <string>

namespace roofline {

/// "each token 0.89 to 1.09 times, first token 0.77 to 1.35 times, in eight of ten measured runs",
/// or "not measured: …" with the widest band there is, and how far off such answers are known to
/// be.
std::string expectation_words(const Evaluation& evaluation);

/// measured, the bands of tpot, ttft and tokens_per_s as factors on what is expected, and known
/// biases.
Record expectation_record(const Evaluation& evaluation);

/// What a column "measured" says.
AssumptionNote measured_note();

}  // namespace roofline
