// What would mend a broken target.
#pragma once

#include "roofline/gate/check.hpp"

#include "command.hpp"

#include <optional>

namespace roofline::cli {

/// What would make a deployment fit, or a step that is too slow or too dear faster, as a sentence;
/// nothing where `checks`, those of the target, ask for neither.
std::optional<std::string> remedy_of(const Target& target, const Evaluation& evaluation,
                                     std::span<const Check> checks, Session& session);

}  // namespace roofline::cli
