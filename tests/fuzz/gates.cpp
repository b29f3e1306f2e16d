// Budgets and baselines, and what CI systems are told of them.
#include "roofline/gate/reports.hpp"

#include "answer/check/judged_report.hpp"
#include "gate/sources.hpp"
#include "rules.hpp"
#include "target.hpp"

#include <array>

namespace fuzz {
namespace {

using namespace roofline;

Source source(std::string_view text) { return {.name = "input.json", .text = std::string(text)}; }

void hold_reports(std::span<const Check> checks) {
    hold_xml(junit_text(checks));
    hold_json(sarif_text(checks));
    hold_json(code_quality_text(checks));
    hold_shown(github_annotations(checks));
    for (const Check& check : checks)
        hold(!check.why.empty() || check.status == CheckStatus::pass, "a check says why");
}

void budget(std::string_view text) {
    static Catalog catalog;
    const Budget budget = read_budget(source(text), catalog);
    constexpr std::size_t most = 8;  // each is an estimate
    if (budget.targets.size() > most) return;
    const Day today = *first_day("2026-11-22");
    const Baseline none{.file = "baseline.json"};
    const auto knowledge = [](const roofline::Target&) { return Knowledge(); };
    std::vector<EvidencedTarget> judged;
    for (JudgedTarget& one :
         judge_budget(budget, {.today = today, .baseline = &none, .max_price_age = {}}, knowledge))
        judged.push_back({std::move(one), {}});
    const std::vector<Check> checks = checks_of(judged);
    hold(!checks.empty(), "a budget that is read is judged", text);
    hold_reports(checks);
    hold_report(judged_report({budget.file}, judged, {}, today), 90);
}

void baseline(std::string_view text) {
    const Baseline read = read_baseline(source(text));
    const std::string written = baseline_text(read);
    hold_json(written);
    hold(baseline_text(read_baseline(source(written))) == written, "a baseline reads back", text);
}

constexpr std::array targets{Target{"budget", budget}, Target{"baseline", baseline}};

}  // namespace

std::span<const Target> gate_targets() { return targets; }

}  // namespace fuzz
