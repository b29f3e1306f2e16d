#include "judged_report.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/price_note.hpp"
#include "check_evidence.hpp"
#include "check_report.hpp"
#include "text/formatted.hpp"

#include <map>

namespace roofline {
namespace {

// Agreed to in the budget, and said in every report of it.
void name_left_out(const Target& target, Report& report) {
    if (target.deployment.model == nullptr) return;
    const std::string keys = unread_words(*target.deployment.model);
    if (keys.empty()) return;
    report.assumptions.push_back(
        {.id = "unread_keys",
         .text = formatted("{}: keys of {} left out", target.name, target.deployment.model->id),
         .value = keys,
         .source = "\"accept_unread_keys\"",
         .used = true});
}

void name_evidence(const EvidencedTarget& target, Day today, Report& report) {
    const AnsweredTarget& answered = target.judged.answered;
    name_left_out(*answered.target, report);
    if (answered.evaluation) {
        const Deployment& d = answered.evaluation->deployment;
        if (auto note = price_note(answered.target->name, d, today))
            report.assumptions.push_back(std::move(*note));
        name_calibration(target.calibration, d, report);
        for (WarningNote& note : doubts_of(answered.target->name, *answered.evaluation))
            report.warnings.push_back(std::move(note));
    }
    for (WarningNote& note : idle_limits(*answered.target))
        report.warnings.push_back(std::move(note));
    for (WarningNote& note : hidden_faults(target.judged.checks))
        report.warnings.push_back(std::move(note));
}

}  // namespace

Calibration calibration_of(const Target& target) {
    return target.calibration.empty() ? Calibration() : read_calibration(target.calibration);
}

std::vector<EvidencedTarget> evidenced_targets(const Budget& budget, const Judging& judging) {
    std::map<const Target*, Calibration> calibrations;
    auto judged = judge_budget(budget, judging, [&](const Target& target) {
        Calibration& calibration = calibrations[&target];
        calibration = calibration_of(target);
        return Knowledge{.scales = calibration.scales};
    });
    std::vector<EvidencedTarget> targets;
    for (JudgedTarget& one : judged) {
        Calibration calibration = calibrations[one.answered.target];
        targets.push_back({std::move(one), std::move(calibration)});
    }
    return targets;
}

std::vector<Check> checks_of(const std::vector<EvidencedTarget>& targets) {
    std::vector<Check> all;
    for (const EvidencedTarget& target : targets)
        all.insert(all.end(), target.judged.checks.begin(), target.judged.checks.end());
    return all;
}

Report judged_report(const std::vector<std::string>& budgets,
                     const std::vector<EvidencedTarget>& targets, std::vector<std::string> remedies,
                     Day today) {
    Report report = check_report(budgets, checks_of(targets));
    for (const EvidencedTarget& target : targets) name_evidence(target, today, report);
    if (!remedies.empty()) report.blocks.emplace_back(Text{std::move(remedies)});
    return report;
}

}  // namespace roofline
