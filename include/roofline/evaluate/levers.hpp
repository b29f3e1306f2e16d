// What would change an answer most: one thing changed at a time, and what that does.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"

#include <string>
#include <vector>

namespace roofline {

/// A changed deployment and its outcome.
struct Lever {
    std::string change;  ///< the fields that differ: "`kv-dtype fp8`", "`hw h100-sxmx4` `tp 4`"
    Deployment deployment;
    Outcome outcome;  ///< of a step
};

/// A lever with what it does to the figure that the question is about.
struct HelpfulLever {
    Lever lever;
    Figures figures;        ///< expected, or at best where nothing is
    double saves = 0;       ///< share of the figure
    bool narrower = false;  ///< numbers are held in fewer bits
};

/// The figure that an answer is about: a request's time where requests wait for a place, else the
/// time per token.
const Metric& figure_asked(const Evaluation& evaluation);

/// Changes that lower that figure by a hundredth or more, still fit and surely start: the best
/// first.
std::vector<HelpfulLever> helpful_levers(const Prepared& prepared, const Evaluation& now,
                                         const Knowledge& knowledge);

/// Changes that shorten the decode step and still fit: those that take no more GPUs first, of each
/// kind the best first.
std::vector<Lever> decode_levers(const Prepared& prepared, const Outcome& now);

/// Settings of the server with which a deployment surely starts that may not: fewer sequences, a
/// larger share, shorter requests, no graphs.
std::vector<Lever> starting_levers(const Prepared& prepared);

/// Changes that make a deployment fit which does not, cheapest first: those settings, a smaller
/// batch, a narrower cache or weights, the GPUs at hand for one instance, more of them, a larger
/// device of the same maker. Each was tried. Parses the whole catalog.
std::vector<Lever> fitting_levers(const Prepared& prepared, Catalog& catalog);

}  // namespace roofline
