// Budgets against the answers of today.
#pragma once

#include "roofline/gate/checks.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What a target's figures rest on beside the deployment: of the calibration that it names.
using KnowledgeOf = std::function<Knowledge(const Target&)>;

/// A target's figures, or why there are none.
struct AnsweredTarget {
    const Target* target = nullptr;
    std::optional<Evaluation> evaluation = {};
    Fault fault = {};
};

/// Does not throw for what is wrong with the target: that is its answer.
AnsweredTarget answer_target(const Target& target, const KnowledgeOf& knowledge);

/// A target, its answer, and what came of its limits.
struct JudgedTarget {
    AnsweredTarget answered;
    std::vector<Check> checks;
    const Budget* budget = nullptr;                      ///< that it is of
    std::shared_ptr<const Baseline> baseline = nullptr;  ///< the budget's; nullptr without one

    /// What the baseline keeps of it; nullptr where it keeps nothing.
    const BaselineTarget* before() const;
};

/// Every target of a budget, in its order. `judging` names today; the baseline is the budget's.
std::vector<JudgedTarget> judge_budget(const Budget& budget, const Judging& judging,
                                       const KnowledgeOf& knowledge);

/// Whether another day may make another verdict: skips end, and prices grow old.
bool depends_on_day(const std::vector<Budget>& budgets, const Judging& judging);

/// What is said of a budget, or a file that it names, which cannot be read.
Check unreadable_check(const Fault& fault, const std::string& budget);

/// Leaves the targets of these names. Throws E351 for one that is none; no names leave all.
void keep_targets(const std::vector<std::string>& names, std::string_view label,
                  std::vector<Budget>& budgets);

/// What a baseline of the budget holds. Throws the fault of the first target that has no figures.
Baseline baseline_of(const Budget& budget, const KnowledgeOf& knowledge);

}  // namespace roofline
