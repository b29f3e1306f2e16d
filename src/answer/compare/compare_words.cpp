#include "compare_words.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

// What users of a deployment wait for and pay: not what it is made of.
bool is_judged(const Delta& delta) {
    return delta.metric != &the_metric("memory") && delta.metric != &the_metric("gpus") &&
           delta.metric != &the_metric("power");
}

std::string words_of(const Delta& delta) {
    return formatted("{} {} ({})", delta.metric->noun, change_words(*delta.change()),
                     *delta.worse_by() > 0 ? "worse" : "better");
}

// The figure that is the most worse; nullptr where none is.
const Delta* worst_of(const Comparison& comparison) {
    const Delta* worst = nullptr;
    for (const Delta& delta : comparison.deltas) {
        const auto worse = delta.worse_by();
        if (!is_judged(delta) || !delta.is_visible() || worse.value_or(0) <= 0) continue;
        if (worst == nullptr || *worse > *worst->worse_by()) worst = &delta;
    }
    return worst;
}

std::string break_even_words(const Comparison& comparison) {
    const Deployment& base = comparison.base->evaluation.deployment;
    const Deployment& other = comparison.other->evaluation.deployment;
    if (!comparison.price_ratio || base.device->id == other.device->id) return {};
    return formatted("; it breaks even at {} x the price per device",
                     humanize_number(*comparison.price_ratio, 4));
}

using Words = std::vector<std::string>;

// MODEL@HW is two words.
Words words_of_name(std::string_view name) {
    Words words;
    const std::size_t end = std::min(name.find(' '), name.size());
    const std::size_t at = name.substr(0, end).find('@');
    std::size_t start = 0;
    if (at != std::string_view::npos) {
        words.emplace_back(name.substr(0, at));
        start = at + 1;
    }
    while (start < name.size()) {
        const std::size_t stop = std::min(name.find(' ', start), name.size());
        if (stop > start) words.emplace_back(name.substr(start, stop - start));
        start = stop + 1;
    }
    return words;
}

bool in_all(const std::vector<Words>& names, const std::string& word) {
    return std::ranges::all_of(
        names, [&](const Words& words) { return std::ranges::find(words, word) != words.end(); });
}

}  // namespace

std::vector<std::string> short_names(const std::vector<Compared>& all) {
    std::vector<Words> names;
    for (const Compared& one : all) names.push_back(words_of_name(one.name));
    std::vector<std::string> result;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Words own;
        for (const std::string& word : names[i])
            if (!in_all(names, word)) own.push_back(word);
        std::string name = joined(own, " ");
        const bool taken = std::ranges::find(result, name) != result.end();
        result.push_back(name.empty() || taken ? all[i].name : std::move(name));
    }
    return result;
}

std::string change_words(double change) { return formatted("{:+.1f} %", 100 * change); }

std::string change_verdict(const Comparison& comparison) {
    if (comparison.main == nullptr || !comparison.main->change())
        return "no figure that both answer";
    const Delta& main = *comparison.main;
    const double worse_by = main.worse_by().value_or(0);
    const Delta* worst = worst_of(comparison);
    std::string words;
    if (!main.is_visible())
        words = formatted("{} is the same", main.metric->noun);
    else
        words = words_of(main);
    if (worst != nullptr && worst != &main)
        words += formatted(", {} {}", main.is_visible() && worse_by < 0 ? "but" : "and",
                           words_of(*worst));
    return words + break_even_words(comparison);
}

std::string best_of(const std::vector<Comparison>& comparisons,
                    const std::vector<std::string>& names) {
    std::size_t best = comparisons.size();
    const auto worse_by = [&](std::size_t at) {
        const Delta* main = comparisons[at].main;
        return main == nullptr ? std::nullopt : main->worse_by();
    };
    for (std::size_t i = 0; i < comparisons.size(); ++i)
        if (worse_by(i) && (best == comparisons.size() || *worse_by(i) < *worse_by(best))) best = i;
    if (best == comparisons.size()) return "no figure that all answer";
    const Comparison& first = comparisons[best];
    const std::string_view figure = first.main->metric->noun;
    if (!first.main->is_visible() || *worse_by(best) > 0)
        return formatted("none of {} is better than '{}' in {}", comparisons.size(), names[0],
                         figure);
    std::string words = formatted("best in {}: '{}', {} against '{}'", figure, names[best + 1],
                                  change_words(*first.main->change()), names[0]);
    if (const Delta* worst = worst_of(first)) words += formatted(", but {}", words_of(*worst));
    return words;
}

}  // namespace roofline
