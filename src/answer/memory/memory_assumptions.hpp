// What the memory of a server rests on: its settings and defaults, and every term of the ledger.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// Release, share, longest request, sequences and tokens of a step: given, or whose default.
std::vector<AssumptionNote> memory_assumptions(const Prepared& prepared);

/// W203: the server may not start, and with what it would.
WarningNote doubt_warning(const Prepared& prepared, const MemoryLedger& memory);

/// The sentence that ends a verdict then: ". It may not start with vllm: …"; else empty.
std::string doubt_verdict(const Deployment& deployment, const MemoryLedger& memory);

/// The same in a line, of many deployments.
AssumptionNote memory_note();

}  // namespace roofline
