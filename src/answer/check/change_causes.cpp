#include "change_causes.hpp"

#include "roofline/evaluate/comparison.hpp"
#include "roofline/workload/fields.hpp"

#include "gate/changes/earlier_deployment.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr std::size_t most_causes = 3;
constexpr double worth_a_word = 0.01;

// What is explained: a figure that is broken, and turned worse, before one that only did.
const Delta* explained(const JudgedTarget& judged, const std::vector<Delta>& changes) {
    const Delta* worst = nullptr;
    double most = 0;
    for (const Delta& delta : changes) {
        const double worse = delta.is_visible() ? *delta.worse_by() : 0;
        if (worse <= 0) continue;
        const bool broken = std::ranges::any_of(judged.checks, [&](const Check& check) {
            return check.metric == delta.metric->id && check.status == CheckStatus::fail;
        });
        constexpr double before_all_others = 1e6;  // no figure gets so many times worse
        const double weight = worse + (broken ? before_all_others : 0);
        if (weight <= most) continue;
        most = weight;
        worst = &delta;
    }
    return worst;
}

std::string field_text(const Field& field, const Deployment& d) {
    const ShownField shown = shown_field(field.get(d));
    const auto* number = std::get_if<double>(&shown);
    if (number != nullptr && field.kind == FieldKind::share) return humanize_percent(*number);
    if (number != nullptr) return humanize_number(*number, 4);
    const auto* text = std::get_if<std::string>(&shown);
    if (text == nullptr) return "unset";
    const bool counted = field.kind == FieldKind::device && d.gpus;
    return counted ? formatted("{}x{}", *text, *d.gpus) : *text;
}

std::string change_of(const Field& field, const Deployment& from, const Deployment& to) {
    return formatted("{} {} → {}", field.name, field_text(field, from), field_text(field, to));
}

// "+2.3 ms".
std::string signed_words(const Measure& change) {
    const Measure size(std::abs(change.value), change.dimension);
    return (change.value < 0 ? "−" : "+") + words_of(size);
}

// Of a time per token: which parts of it changed most.
std::string part_words(const Compared& from, const Compared& to) {
    std::vector<std::string> words;
    for (const TimePart& part : time_parts(from, to))
        if (words.size() < most_causes)
            words.push_back(formatted("{} {}", part.name, signed_words(part.to - part.from)));
    return words.empty() ? std::string() : formatted(" ({})", joined(words, ", "));
}

std::string effect_words(const Reversal& one, const Delta& delta) {
    const Measure effect(one.undone * (*delta.to - *delta.from), delta.metric->dimension);
    const Measure size(std::abs(effect.value), effect.dimension);
    return formatted("{} {}", effect.value < 0 ? "takes off" : "adds", words_of(size));
}

std::string words_of_reversals(const std::vector<Reversal>& reversals, const Delta& delta,
                               const Compared& from, const Compared& to) {
    std::vector<std::string> words;
    for (const Reversal& one : reversals) {
        if (std::abs(one.undone) < worth_a_word || words.size() == most_causes) continue;
        words.push_back(change_of(*one.field, from.asked, to.asked) + " " +
                        effect_words(one, delta));
    }
    if (words.empty()) return "no input set back alone undoes it";
    return joined(words, ", ");
}

}  // namespace

std::optional<std::string> cause_words(const JudgedTarget& judged, const Knowledge& knowledge,
                                       Catalog& catalog) {
    const std::vector<Delta> changes = changes_of(judged);
    const Delta* delta = explained(judged, changes);
    if (delta == nullptr || !judged.answered.evaluation) return std::nullopt;
    const std::string noun(delta->metric->noun);
    const Target& target = *judged.answered.target;
    const auto earlier = earlier_deployment(*judged.before(), target, catalog);
    if (!earlier) return formatted("{}: the baseline does not keep what was deployed", noun);
    try {
        const Compared from = compared("main", *earlier, knowledge);
        const Compared to = compared("this", target.deployment, knowledge);
        const Delta now{delta->metric, delta->metric->get(from.evaluation.on(target.basis)),
                        delta->to};
        const Delta drift{delta->metric, delta->from, now.from};
        const auto measure = [&](double value) { return Measure(value, delta->metric->dimension); };
        std::string words;
        if (!now.from || drift.is_visible())
            words = formatted(
                "roofline or its catalog changed since the baseline was written: what "
                "it was of has {} now; ",
                now.from ? words_of(measure(*now.from)) : "no such figure");
        const auto causes = reversals(*earlier, target.deployment, now, target.basis, knowledge);
        if (causes.empty()) return formatted("{}: {}nothing else changed", noun, words);
        words += words_of_reversals(causes, now, from, to);
        const bool of_token = delta->metric == &the_metric("tpot");
        return formatted("{}: {}{}", noun, words, of_token ? part_words(from, to) : std::string());
    } catch (const UserError&) {
        return formatted("{}: what the baseline is of cannot be evaluated any more", noun);
    }
}

}  // namespace roofline
