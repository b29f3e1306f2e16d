#include "check_evidence.hpp"

#include "answer/expectation.hpp"
#include "evaluate/standing_words.hpp"
#include "text/formatted.hpp"

#include <set>

namespace roofline {

std::vector<WarningNote> idle_limits(const Target& target) {
    std::vector<WarningNote> warnings;
    for (const Limit& limit : target.limits) {
        const bool more = limit.metric->better == Better::higher;
        // What shrinks by 100 % is nothing, and no figure is less.
        const bool falls = limit.regression && !(more && limit.regression->value >= 1);
        if (falls || (more ? limit.min : limit.max)) continue;
        warnings.push_back(
            {"W143", formatted("limit '{}' of target '{}' has {}, and {} is better: no turn for "
                               "the worse breaks it",
                               limit.metric->id, target.name,
                               limit.regression ? "a regression of 100 %"
                               : more           ? "a max alone"
                                                : "a min alone",
                               more ? "more" : "less")});
    }
    return warnings;
}

std::vector<WarningNote> hidden_faults(std::span<const Check> checks) {
    std::vector<WarningNote> warnings;
    std::set<std::string_view> told;
    for (const Check& check : checks)
        if (!check.hidden.empty() && told.insert(check.hidden).second)
            warnings.push_back(
                {"W144", formatted("a skipped limit of target '{}' hides a fault: {}", check.target,
                                   check.hidden)});
    return warnings;
}

std::vector<WarningNote> doubts_of(const std::string& target, const Evaluation& evaluation) {
    std::vector<WarningNote> warnings;
    if (evaluation.standing != Standing::stands) return warnings;
    if (evaluation.memory.starts() == Starts::marginal)
        warnings.push_back(
            {"W203", formatted("target '{}' {}", target,
                               doubt_words(evaluation.deployment, evaluation.memory))});
    if (const std::string queue = queue_words(evaluation); !queue.empty())
        warnings.push_back({"W307", formatted("of target '{}' {}", target, queue)});
    if (evaluation.settled() && !evaluation.measured &&
        evaluation.on(Basis::expected).time_per_token)
        warnings.push_back({"W302", formatted("expected of target '{}': {}", target,
                                              expectation_words(evaluation))});
    return warnings;
}

}  // namespace roofline
