#include "check_evidence.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/words.hpp"
#include "answer/deployment/price_note.hpp"
#include "catalog/price_age.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <set>

namespace roofline::cli {

Answered answer_target(const Target& target, const Session& session) {
    Answered answered{.target = &target};
    try {
        if (!target.calibration.empty())
            answered.calibration = read_calibration(target.calibration);
        answered.evaluation = evaluate(target.deployment, {.assumptions = session.assumptions,
                                                           .scales = answered.calibration.scales});
    } catch (const UserError& error) {
        answered.fault = error.fault();
    }
    return answered;
}

void name_evidence(const Answered& answered, Report& report) {
    if (!answered.evaluation) return;
    const Deployment& d = answered.evaluation->deployment;
    add_price_note(answered.target->name, d, report);
    name_calibration(answered.calibration, d, report);
}

void warn_of_idle_limits(const Target& target, Report& report) {
    for (const Limit& limit : target.limits) {
        const bool more = limit.metric->better == Better::higher;
        // What shrinks by 100 % is nothing, and no figure is less.
        const bool falls = limit.regression && !(more && limit.regression->value >= 1);
        if (falls || (more ? limit.min : limit.max)) continue;
        report.warnings.push_back(
            {"W143", formatted("limit '{}' of target '{}' has {}, and {} is better: no turn for "
                               "the worse breaks it",
                               limit.metric->id, target.name,
                               limit.regression ? "a regression of 100 %"
                               : more           ? "a max alone"
                                                : "a min alone",
                               more ? "more" : "less")});
    }
}

void warn_of_hidden_faults(std::span<const Check> checks, Report& report) {
    std::set<std::string_view> told;
    for (const Check& check : checks)
        if (!check.hidden.empty() && told.insert(check.hidden).second)
            report.warnings.push_back(
                {"W144", formatted("a skipped limit of target '{}' hides a fault: {}", check.target,
                                   check.hidden)});
}

}  // namespace roofline::cli
