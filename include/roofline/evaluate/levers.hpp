// What would change an answer most: one thing changed at a time, and what that does.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/outcome.hpp"

#include <string>
#include <vector>

namespace roofline {

/// A changed deployment and its outcome.
struct Lever {
    std::string change;  ///< the fields that differ: "`kv-dtype fp8`", "`hw h100-sxmx4` `tp 4`"
    Outcome outcome;
};

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
