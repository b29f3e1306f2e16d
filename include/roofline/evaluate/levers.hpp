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
std::vector<Lever> decode_levers(const Prepared& prepared, const Outcome& now,
                                 const Assumptions& assumptions);

/// Changes that make a deployment fit which does not: more GPUs, narrower weights or cache, fewer
/// sequences, a larger device of the same maker. Parses the whole catalog.
std::vector<Lever> fitting_levers(const Prepared& prepared, const Assumptions& assumptions,
                                  Catalog& catalog);

}  // namespace roofline
