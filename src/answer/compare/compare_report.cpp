#include "compare_report.hpp"

#include "answer/words.hpp"
#include "compare_blocks.hpp"
#include "compare_words.hpp"
#include "error/suggest.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <iterator>

namespace roofline {
namespace {

// What --fail-over cannot hold against anything, and what it holds against something else.
std::vector<WarningNote> unjudged_warnings(const std::vector<Comparison>& comparisons) {
    std::vector<WarningNote> warnings;
    for (const Comparison& comparison : comparisons) {
        const auto warn = [&](std::string message) {
            warnings.push_back({"W142", std::move(message)});
        };
        const std::string& base = comparison.base->name;
        const std::string& other = comparison.other->name;
        std::vector<std::string> unjudged;
        for (const Delta& delta : comparison.deltas)
            if (!delta.from) unjudged.emplace_back(delta.metric->id);
        if (!unjudged.empty())
            warn(formatted("--fail-over does not judge {} of '{}': '{}' has none",
                           join_words(unjudged, "and"), other, base));
        if (comparison.base->evaluation.served() != comparison.other->evaluation.served())
            warn(
                formatted("'{}' and '{}' are a step and a served deployment: give both a "
                          "concurrency, or neither",
                          base, other));
    }
    return warnings;
}

std::string verdict_of(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                       Basis basis, const std::optional<FailOver>& limit) {
    for (const Compared& one : all)
        if (const std::string why = silence_words(one.evaluation, basis); !why.empty())
            return formatted("'{}' {}", one.name, why);
    if (limit) {
        const Tally tally = tally_of(comparisons, limit->share);
        const std::string words = comparisons.size() == 1 ? change_verdict(comparisons.front())
                                                          : best_of(comparisons, short_names(all));
        return formatted("{} of {} figures worse by more than {} than '{}': {}", tally.worse,
                         tally.figures, limit->text, all.front().name, words);
    }
    return comparisons.size() == 1 ? change_verdict(comparisons.front())
                                   : best_of(comparisons, short_names(all));
}

}  // namespace

Report compare_report(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                      Basis basis, const std::optional<FailOver>& limit) {
    Report report{.command = "compare", .marker = "roofline:compare"};
    report.verdict = verdict_of(all, comparisons, basis, limit);
    for (const Compared& one : all) {
        if (const std::string queue = queue_words(one.evaluation); !queue.empty())
            report.verdict += formatted("; of '{}' {}", one.name, queue);
        if (!one.evaluation.settled())
            report.warnings.push_back({"W301", formatted("'{}': {}", one.name, unsettled_words)});
        if (one.evaluation.memory.starts() == Starts::marginal)
            report.warnings.push_back(
                {"W203", formatted("'{}' {}", one.name,
                                   doubt_words(one.evaluation.deployment, one.evaluation.memory))});
    }
    if (limit)
        std::ranges::move(unjudged_warnings(comparisons), std::back_inserter(report.warnings));
    add_comparisons(all, comparisons, basis, limit ? std::optional(limit->share) : std::nullopt,
                    report);
    return report;
}

}  // namespace roofline
