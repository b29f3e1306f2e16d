// Two deployments side by side: what changed, which way is better, and what it is due to.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/units/measure.hpp"
#include "roofline/workload/fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roofline {

/// A metric of both; unset where a side does not answer it.
struct Delta {
    const Metric* metric = nullptr;
    std::optional<double> from;
    std::optional<double> to;

    /// (to - from) / from; nullopt where a side is missing or `from` is 0.
    std::optional<double> change() const;
    /// How much worse, as a share of `from`: below 0 for better. nullopt as change().
    std::optional<double> worse_by() const;
    /// Whether it is more than rounding; not where a side is missing.
    bool is_visible() const {
        constexpr double visible = 0.0005;
        const auto changed = change();
        return changed && (*changed >= visible || *changed <= -visible);
    }
};

/// One for every metric that a side answers.
std::vector<Delta> deltas(const Figures& from, const Figures& to);

/// A deployment under the name that its owner gave it, and its answer.
struct Compared {
    std::string name;
    Deployment asked;  ///< prices looked up
    Evaluation evaluation;
    /// Of the time of an output token: operators of a step's bound, terms of a served one. Empty
    /// unless it stands.
    std::vector<std::pair<std::string_view, Seconds>> parts;
    std::optional<double> memory_batch;   ///< from which on decoding leaves the memory roof
    std::optional<double> cache_context;  ///< from which on the cache outweighs the weights
};

/// Throws UserError as evaluate() does.
Compared compared(std::string name, const Deployment& asked, const Knowledge& knowledge);

/// Throws E131 where two of them are paid in different currencies.
void refuse_two_currencies(const std::vector<Compared>& all);

/// A part of the time of an output token, of both.
struct TimePart {
    std::string_view name;
    Seconds from;
    Seconds to;
};

/// Parts of either side, those that changed most first. Empty when one is a step and one served, or
/// one does not stand.
std::vector<TimePart> time_parts(const Compared& from, const Compared& to);

/// One input of `to` set back to what `from` has.
struct Reversal {
    const Field* field = nullptr;
    double undone = 0;  ///< share of the metric's change that goes away; 1: all of it
};

/// Every input that differs and can be set back alone, the one that undoes most first. `from` and
/// `to` are as they were asked for.
std::vector<Reversal> reversals(const Deployment& from, const Deployment& to, const Delta& delta,
                                Basis basis, const Knowledge& knowledge);

/// Price of a device of `to` / price of a device of `from` at which their tokens cost the same; B
/// beats A below it. nullopt where one writes no tokens or does not stand.
std::optional<double> break_even_ratio(const Deployment& from, const Deployment& to, Basis basis,
                                       const Knowledge& knowledge);

/// One deployment against the baseline. Both outlive it.
struct Comparison {
    const Compared* base = nullptr;
    const Compared* other = nullptr;
    std::vector<Delta> deltas;
    const Delta* main = nullptr;  ///< what attribution speaks of: money, else tokens per second
    std::vector<TimePart> parts;
    std::vector<Reversal> reversals;  ///< of `main`
    std::optional<double> price_ratio;
    std::optional<Measure> price;  ///< the same per device and hour, where the baseline has one
};

/// Of the figures of `chosen`, or of all where it is empty.
Comparison compare(const Compared& base, const Compared& other, Basis basis,
                   const std::vector<const Metric*>& chosen, const Knowledge& knowledge);

/// How many figures there are, and how many are worse than the baseline's by more than a share.
struct Tally {
    int worse = 0;
    int figures = 0;
};
Tally tally_of(const std::vector<Comparison>& comparisons, double most_worse);

/// Infeasible where one of them does not stand on this basis or, with a limit, does not settle;
/// negative where a figure is worse by more than `most_worse`, else ok.
Exit exit_status(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                 Basis basis, std::optional<double> most_worse);

/// Throws E231 where one that stands has no figure of `chosen`: what is asked for by name and not
/// answered must not pass for unchanged.
void refuse_unanswered(const std::vector<Compared>& all, const std::vector<const Metric*>& chosen,
                       Basis basis);
}  // namespace roofline
