// What a comparison comes to, in words: the best change and the worst, never one without the other.
#pragma once

#include "roofline/evaluate/comparison.hpp"

#include <string>
#include <vector>

namespace roofline {

/// "+13.8 %".
std::string change_words(double change);

/// What tells the names of scenarios apart: "h100-sxmx4" and "b200-sxmx2" of two that share the
/// model and all else; as they are where nothing is shared.
std::vector<std::string> short_names(const std::vector<Compared>& all);

/// "tokens/s +17.3 % (better), but first token +31.0 % (worse)".
std::string change_verdict(const Comparison& comparison);

/// Of several: who is best in the figure that they are compared in, by how much, and what of it is
/// worse than the baseline's.
std::string best_of(const std::vector<Comparison>& comparisons,
                    const std::vector<std::string>& names);

}  // namespace roofline
