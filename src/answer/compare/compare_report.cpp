#include "compare_report.hpp"

#include "answer/words.hpp"
#include "compare_blocks.hpp"
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

std::string main_words(const Comparison& comparison) {
    if (comparison.main == nullptr) return "no figure that both answer";
    const Delta& delta = *comparison.main;
    const auto worse = delta.worse_by();
    if (!worse || *worse == 0) return formatted("{} is the same", delta.metric->id);
    std::string words = formatted("{} {}, {}", delta.metric->id, change_words(*delta.change()),
                                  *worse > 0 ? "worse" : "better");
    if (comparison.price_ratio)
        words += formatted("; it breaks even at {} x the price per device",
                           humanize_number(*comparison.price_ratio, 4));
    return words;
}

std::string verdict_of(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                       Basis basis, const std::optional<FailOver>& limit) {
    for (const Compared& one : all)
        if (const std::string why = silence_words(one.evaluation, basis); !why.empty())
            return formatted("'{}' {}", one.name, why);
    if (limit) {
        const Tally tally = tally_of(comparisons, limit->share);
        return formatted("{} of {} figures worse by more than {} than {}", tally.worse,
                         tally.figures, limit->text, all.front().name);
    }
    if (comparisons.size() == 1) return main_words(comparisons.front());
    return formatted("{} scenarios against {}", comparisons.size(), all.front().name);
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
