// Judged budgets as a comment on a pull request.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include "judged_report.hpp"

#include <string>
#include <vector>

namespace roofline {

/// Works out causes and what would keep the limits, of so many broken targets that it takes no time
/// to speak of.
Report judged_comment(const std::vector<std::string>& budgets,
                      const std::vector<EvidencedTarget>& targets, const Judging& judging,
                      Catalog& catalog);

}  // namespace roofline
