// `plot FILE.csv --x COLUMN --y COLUMN`: figures of many deployments against each other.
#pragma once

#include "command.hpp"

namespace roofline::cli {

/// Whether the arguments ask for columns of a file rather than for scenarios.
bool asks_for_figures(const Arguments& arguments);

Answer plot_figures(const Arguments& arguments);

}  // namespace roofline::cli
