// Model and memory of a deployment: what is there, what it takes, what there is room for.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <string>

namespace roofline {

/// Which model, how many layers and where that is known from.
Record model_record(const Deployment& deployment);

Record memory_record(const Prepared& prepared, const MemoryLedger& memory);

Bar memory_bar(const Prepared& prepared, const MemoryLedger& memory);
Bar memory_bar(const MemoryLedger& memory, const Layout& layout, std::string note);

}  // namespace roofline
