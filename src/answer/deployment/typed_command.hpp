// A deployment as the command line that asks about it.
#pragma once

#include "roofline/workload/deployment.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// "COMMAND MODEL --hw …": what is said of the deployment, but for layout degrees of one.
std::string typed_words(std::string_view command, const Deployment& deployment);

/// The same as a line for a shell.
std::string typed_command(std::string_view command, const Deployment& deployment);

/// A served deployment that complete_service() gave, without what follows by itself: its step, and
/// defaults.
Deployment as_asked(const Deployment& complete);

}  // namespace roofline
