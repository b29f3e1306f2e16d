// What would mend a broken target.
#pragma once

#include "roofline/gate/checks.hpp"

#include "cli/line/command.hpp"

#include <optional>

namespace roofline::cli {

/// "fits with --hw h100-sxmx4 --tp 4 or --hw b300-sxm"; empty where nothing near would do.
std::string fitting_words(const Evaluation& evaluation, Session& session);

/// What would make a deployment fit, or a step that is too slow or too dear faster, as a sentence;
/// nothing where `checks`, those of the target, ask for neither.
std::optional<std::string> remedy_of(const Target& target, const Evaluation& evaluation,
                                     std::span<const Check> checks, Session& session);

}  // namespace roofline::cli
