// `plot FILE.csv --x COLUMN --y COLUMN`, and scenarios with ranges: figures of many deployments
// against each other.
#pragma once

#include "cli/line/command.hpp"

namespace roofline::cli {

/// Whether the arguments ask for columns, of a file or of scenarios with ranges, rather than for a
/// roofline.
bool asks_for_figures(const Arguments& arguments);

Answer plot_figures(const Arguments& arguments, Session& session);

}  // namespace roofline::cli
