#include "baseline_report.hpp"

#include "text/formatted.hpp"

namespace roofline {

Report baseline_report(const Budget& budget, const Baseline& baseline) {
    Report report{.command = "check"};
    report.verdict = formatted("figures of {} target{} of {}, for {}", baseline.targets.size(),
                               baseline.targets.size() == 1 ? "" : "s", budget.file, baseline.file);
    report.inputs.add("budgets", List{budget.file});
    report.result.add("baseline", baseline.file);
    return report;
}

}  // namespace roofline
