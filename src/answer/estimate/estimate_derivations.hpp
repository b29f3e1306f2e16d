// How the figures of `estimate` come about, term by term.
#pragma once

#include "roofline/evaluate/served.hpp"
#include "roofline/serving/token_terms.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// Terms in their order add up to the time per token; the last two are the times themselves.
std::vector<Derivation> service_derivations(const PreparedService& service,
                                            const ServedOutcome& outcome);

}  // namespace roofline
