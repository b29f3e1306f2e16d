// What would keep the limits that a target breaks: another load, or one change of the deployment.
// Each is tried: it is evaluated and judged as the target is.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/fields.hpp"

#include "gate/judge_budgets.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// A change with which every limit is kept, at the load that was asked for or up to another.
struct Keeping {
    std::string change = {};  ///< in backquotes: "`kv-dtype fp8`"; empty where the load alone is
    std::optional<Evaluation> evaluation = {};  ///< at the load that was asked for
    const Field* load = nullptr;                ///< what must change where that breaks a limit
    double value = 0;                           ///< of that field: the most, or
    bool least = false;                         ///< the least
};

/// The load alone first, then changes that keep the load, then those that do not. Empty where no
/// limit is broken, or nothing that was tried keeps all of them. Parses the whole catalog.
std::vector<Keeping> what_keeps(const JudgedTarget& judged, const Judging& judging,
                                const Knowledge& knowledge, Catalog& catalog);

}  // namespace roofline
