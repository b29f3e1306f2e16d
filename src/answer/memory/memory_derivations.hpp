// How every term of the memory ledger comes about, with the numbers put in.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

std::vector<Derivation> memory_derivations(const Prepared& prepared, const MemoryLedger& memory);

}  // namespace roofline
