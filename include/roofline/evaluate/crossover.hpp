// Where the answer about a deployment turns: from one limit to the next.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include <optional>

namespace roofline {

/// The smallest batch whose decode step is no longer held up by memory, at the deployment's
/// context; nullopt when there is none up to 65,536, or the model writes no tokens.
std::optional<double> batch_beyond_memory(const Prepared& prepared);

/// The smallest context at which the cache of `sequences` takes more memory than the weights;
/// nullopt when there is none up to what the model was made for.
std::optional<double> context_beyond_weights(const Prepared& prepared, double sequences);

}  // namespace roofline
