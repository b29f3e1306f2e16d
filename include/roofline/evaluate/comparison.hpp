// Two deployments side by side: what changed, which way is better, and what it is due to.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/fields.hpp"

#include <optional>
#include <string_view>
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
};

/// One for every metric that a side answers.
std::vector<Delta> deltas(const Figures& from, const Figures& to);

/// A part of the time of an output token: an operator of a step's bound, a term of a served one.
struct TimePart {
    std::string_view name;
    Seconds from;
    Seconds to;
};

/// Parts of either side, those that changed most first. Empty when one is a step and one served, or
/// one does not stand.
std::vector<TimePart> time_parts(const Evaluation& from, const Evaluation& to,
                                 const Knowledge& knowledge);

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

}  // namespace roofline
