// Checks as a comment on a pull request: what is broken first, what it was before, why, and what
// would keep the limits.
#pragma once

#include "gate/changes/keeping.hpp"
#include "report/report.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace roofline {

/// A judged target, and what is said of it beside its figures.
struct CommentedTarget {
    const JudgedTarget* judged = nullptr;
    std::optional<std::string> cause = {};
    std::vector<Keeping> keeping = {};
    std::optional<std::string> remedy = {};
};

/// For Markdown alone.
Report comment_report(const std::vector<std::string>& budgets,
                      const std::vector<CommentedTarget>& targets);

/// The same of a budget that could not be read.
Report comment_report(const Check& unreadable);

}  // namespace roofline
