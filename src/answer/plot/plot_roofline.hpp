// `plot SCENARIO...`: the roofline of their devices, and where they stand on it.
#pragma once

#include "cli/line/command.hpp"

namespace roofline::cli {

/// Draws the positionals. Exit status 4 when one of them does not stand.
Answer plot_roofline(const Arguments& arguments, Session& session);

}  // namespace roofline::cli
