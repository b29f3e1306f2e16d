// Why a deployment has no figures, and what is in doubt, in words: one place for all who say so.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// Memory as engines log it: "64.4 GiB".
std::string gibibytes(Bytes bytes);

/// Of a deployment that does not fit, after its name: "cannot fit: …", "does not start with vllm:
/// …" or "does not fit: 64 sequences …".
std::string misfit_words(const Deployment& deployment, const MemoryLedger& memory);

/// Of one whose start is in doubt: "may not start with vllm: …".
std::string doubt_words(const Deployment& deployment, const MemoryLedger& memory);

/// Why a deployment has no figures on a basis, after its name: that it does not fit, cannot keep up
/// or, at the bad end, that it may do neither; empty where it has.
std::string silence_words(const Evaluation& evaluation, Basis basis);

/// "2.89 of 4 requests wait for a place"; of an evaluation also what it is short of: "in the
/// cache". Empty where none waits.
std::string queue_words(double waiting, double requests);
std::string queue_words(const Evaluation& evaluation);

inline constexpr std::string_view unsettled_words =
    "the steady state did not settle; figures are of its last round";

}  // namespace roofline
