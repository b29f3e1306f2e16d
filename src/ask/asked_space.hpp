// The words of a sweep into a space: flags with several values are its axes.
#pragma once

#include "roofline/search/space.hpp"

#include "cli/line/command.hpp"

namespace roofline::cli {

/// Axes in the order of the command line, the model before all. Throws UserError: E103 without a
/// device, E105 for a step and a served deployment at once, and what parsing throws.
Space space_from(const Arguments& arguments, Session& session);

/// The same of an inline scenario, in which values may be ranges: 'llama-3.1-8b@h100
/// concurrency=1..256'.
Space space_from(const std::string& scenario, Session& session);
}  // namespace roofline::cli
