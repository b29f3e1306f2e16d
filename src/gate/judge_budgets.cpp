#include "judge_budgets.hpp"

#include "error/dialect.hpp"
#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <set>

namespace roofline {

AnsweredTarget answer_target(const Target& target, const KnowledgeOf& knowledge) {
    AnsweredTarget answered{.target = &target};
    try {
        answered.evaluation = evaluate(target.deployment, knowledge(target));
    } catch (const UserError& error) {
        answered.fault = error.fault();
    }
    return answered;
}

const BaselineTarget* JudgedTarget::before() const {
    if (baseline == nullptr) return nullptr;
    const auto found = baseline->targets.find(answered.target->name);
    return found == baseline->targets.end() ? nullptr : &found->second;
}

std::vector<JudgedTarget> judge_budget(const Budget& budget, const Judging& judging,
                                       const KnowledgeOf& knowledge) {
    std::shared_ptr<const Baseline> baseline;
    if (!budget.baseline.empty())
        baseline = std::make_shared<const Baseline>(read_baseline(budget.baseline));
    Judging by = judging;
    by.baseline = baseline.get();
    std::vector<JudgedTarget> judged;
    for (const Target& target : budget.targets) {
        JudgedTarget one{.answered = answer_target(target, knowledge),
                         .checks = {},
                         .budget = &budget,
                         .baseline = baseline};
        one.checks = one.answered.evaluation ? judge(budget, target, *one.answered.evaluation, by)
                                             : judge_fault(budget, target, one.answered.fault, by);
        judged.push_back(std::move(one));
    }
    return judged;
}

bool depends_on_day(const std::vector<Budget>& budgets, const Judging& judging) {
    const auto is_skipped = [](const Limit& limit) { return limit.skip_until.has_value(); };
    return judging.max_price_age || std::ranges::any_of(budgets, [&](const Budget& budget) {
               return budget.max_price_age ||
                      std::ranges::any_of(budget.targets, [&](const Target& target) {
                          return std::ranges::any_of(target.limits, is_skipped);
                      });
           });
}

Check unreadable_check(const Fault& met, const std::string& budget) {
    const Fault fault = in_dialect(met, Dialect::keys);
    const bool elsewhere = fault.where.file != budget;
    const std::string next = hint_text(fault);
    const std::string hint = next.empty() ? "" : " (" + next + ")";
    return {.file = budget,
            .target = "budget",
            .metric = "contents",
            .op = "read",
            .status = CheckStatus::error,
            .why = (elsewhere ? message_text(fault) : fault.message) + hint,
            .where = elsewhere ? Location{.file = budget} : fault.where,
            .error = fault.code};
}

void keep_targets(const std::vector<std::string>& names, std::string_view label,
                  std::vector<Budget>& budgets) {
    std::vector<std::string_view> known;
    for (const Budget& budget : budgets)
        for (const Target& target : budget.targets) known.push_back(target.name);
    const std::set<std::string_view> there(known.begin(), known.end());
    const std::set<std::string_view> kept(names.begin(), names.end());
    for (const std::string& name : names)
        if (!there.contains(name))
            fail(ErrorCode::unknown_budget_key,
                 formatted("{}: no target is named '{}'", label, name), choice_hint(name, known));
    if (names.empty()) return;
    for (Budget& budget : budgets)
        std::erase_if(budget.targets,
                      [&](const Target& target) { return !kept.contains(target.name); });
}

Baseline baseline_of(const Budget& budget, const KnowledgeOf& knowledge) {
    Baseline baseline{.file = budget.baseline};
    for (const Target& target : budget.targets) {
        const AnsweredTarget answered = answer_target(target, knowledge);
        const auto fault = answered.evaluation ? standing_fault(*answered.evaluation, target.basis)
                                               : std::optional(answered.fault);
        if (fault) throw UserError(fault_in_budget(target, *fault));
        baseline.targets.emplace(target.name, baseline_target(*answered.evaluation, target));
    }
    return baseline;
}

}  // namespace roofline
