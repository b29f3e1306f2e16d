// Scenarios from a file or a pipe, one a line: one in, one out. The whole input is read before the
// first row is written, since its columns are the fields of all lines.
#pragma once

#include "roofline/measure/calibrate.hpp"
#include "roofline/search/point.hpp"

#include "cli/line/command.hpp"

namespace roofline::cli {

/// "-", or a path that ends in .jsonl or .csv.
bool names_scenarios(const std::string& positional);

/// Each line is a deployment by the table of fields, JSON objects or CSV under a header; what it
/// leaves out is as the flags say. A line that is none is a row with its reason, and a fault of the
/// run (exit 3). The answers of another sweep (line, fits, figures, reason) are passed over. Throws
/// UserError where there are no lines, or ranges beside them.
Answer sweep_lines(const Arguments& arguments, const Calibration& calibration, Basis basis,
                   Session& session);

}  // namespace roofline::cli
