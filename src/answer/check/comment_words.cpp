#include "comment_words.hpp"

#include "answer/compare/compare_words.hpp"
#include "gate/changes/earlier_deployment.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string noun_of(std::string_view metric) {
    const Metric* known = find_metric(metric);
    return known == nullptr ? "age of the price" : std::string(known->noun);
}

// The first of what is broken; a figure before what could not be judged.
std::string worst_words(std::span<const Check> checks) {
    const Check* worst = nullptr;
    for (const Check& check : checks) {
        if (!is_broken(check)) continue;
        const bool first = worst == nullptr || (worst->error && !check.error);
        const bool further =
            worst != nullptr && check.ratio && worst->ratio && *check.ratio > *worst->ratio;
        if (first || further) worst = &check;
    }
    if (worst->error || !worst->value || !worst->limit)
        return formatted("{} {}", worst->target, worst->why);
    return formatted("{} {} {}, {} {}", worst->target, noun_of(worst->metric),
                     words_of(*worst->value), worst->upper ? "allowed" : "at least",
                     words_of(*worst->limit));
}

// Figures of what is broken, and what the tokens cost then.
std::string figures_with(const JudgedTarget& judged, const Evaluation& evaluation) {
    std::vector<const Metric*> shown;
    const auto add = [&](const Metric* metric) {
        if (metric != nullptr && std::ranges::find(shown, metric) == shown.end())
            shown.push_back(metric);
    };
    for (const Check& check : judged.checks)
        if (is_broken(check)) add(find_metric(check.metric));
    add(&the_metric("usd_per_1m_output"));
    std::vector<std::string> words;
    for (const Metric* metric : shown)
        if (const auto figure = metric->get(evaluation.on(judged.answered.target->basis)))
            words.push_back(words_of(Measure(*figure, metric->dimension)));
    return words.empty() ? std::string() : formatted(" ({})", joined(words, ", "));
}

// "`kv-dtype fp8`" as a budget's owner says it.
std::string plain(std::string change) {
    constexpr char tick = 0x60;
    std::erase(change, tick);
    return change;
}

std::string load_words(const Keeping& keeping) {
    return formatted("{} {} {}", keeping.load->name, keeping.least ? "≥" : "≤",
                     humanize_number(keeping.value));
}

}  // namespace

bool is_broken(const Check& check) {
    return check.status == CheckStatus::fail || check.status == CheckStatus::error;
}

std::string comment_verdict(std::span<const Check> checks) {
    const auto counts = count_by_status(checks);
    const auto of = [&](CheckStatus status) { return counts[static_cast<std::size_t>(status)]; };
    const std::string skipped =
        of(CheckStatus::skip) > 0 ? formatted(", {} skipped", of(CheckStatus::skip)) : "";
    if (nothing_judged(checks)) return formatted("❌ roofline: nothing was judged{}", skipped);
    const std::size_t broken = of(CheckStatus::fail);
    const std::size_t unjudged = of(CheckStatus::error);
    if (broken + unjudged == 0)
        return formatted("{} roofline: {} of {} limit{} kept{}",
                         of(CheckStatus::warn) > 0 ? "⚠️" : "✅",
                         of(CheckStatus::pass) + of(CheckStatus::warn), checks.size(),
                         checks.size() == 1 ? "" : "s", skipped);
    const std::string of_all =
        formatted("of {} limit{}", checks.size(), checks.size() == 1 ? "" : "s");
    std::string words = broken > 0 ? formatted("{} {} broken", broken, of_all)
                                   : formatted("{} {} cannot be judged", unjudged, of_all);
    if (broken > 0 && unjudged > 0) words += formatted(", {} cannot be judged", unjudged);
    return formatted("❌ roofline: {}{} — {}", words, skipped, worst_words(checks));
}

std::string change_text(const Delta& delta) {
    if (!delta.from) return "new";
    if (!delta.to) return "no figure";
    if (!delta.is_visible()) return "same";
    return formatted("{} {}", change_words(*delta.change()),
                     *delta.worse_by() > 0 ? "worse" : "better");
}

std::string keeping_words(const JudgedTarget& judged, const std::vector<Keeping>& keeping) {
    std::vector<std::string> words;
    for (const Keeping& one : keeping) {
        const std::string change = plain(one.change);
        if (one.evaluation)
            words.push_back(change + figures_with(judged, *one.evaluation));
        else
            words.push_back(change.empty() ? load_words(one)
                                           : formatted("{} with {}", change, load_words(one)));
    }
    return joined(words, " · ");
}

std::string other_changes(const JudgedTarget& judged) {
    std::vector<std::string> words;
    for (const Delta& delta : changes_of(judged)) {
        const bool limited = std::ranges::any_of(
            judged.checks, [&](const Check& check) { return check.metric == delta.metric->id; });
        const bool of_month = delta.metric == &the_metric("usd_per_month") && delta.to;
        const bool again = delta.metric == &the_metric("usd_per_1k_output");  // it is of 1M
        if (limited || again || (!delta.is_visible() && !of_month)) continue;
        const std::string now = words_of(Measure(*delta.to, delta.metric->dimension));
        words.push_back(formatted("{} {}, {}", delta.metric->noun, now, change_text(delta)));
    }
    return joined(words, " · ");
}

}  // namespace roofline
