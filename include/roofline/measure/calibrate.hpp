// A few scales from a few measured runs of one deployment, drawn toward 1 where they say little.
#pragma once

#include "roofline/measure/errors.hpp"
#include "roofline/measure/validation.hpp"

#include <string>

namespace roofline {

/// CalibrationScales, and whose they are.
struct Calibration {
    CalibrationScales scales;
    std::string device;
    std::string model;
    std::string engine;
    double rows = 0;   ///< that it was made from
    std::string file;  ///< that it was read from
};

struct CalibrationResult {
    Calibration calibration;
    ErrorSummary before;  ///< of the time per token, with scales of 1
    /// Each row predicted by a calibration that left it out, of more than 50 rows every 50th with
    /// it; n 0 with one row.
    ErrorSummary held_out;
    ErrorSummary first_token_before;
    ErrorSummary first_token_held_out;
    std::size_t predictions = 0;  ///< that it took: the work, which grows with the rows
};

/// Rows of one device, model and engine, at whatever load. One row moves the decode step, two loads
/// or more also the interference, measured first tokens their own scale. Throws E312 when no row
/// can be used, or when they are of more than one deployment.
CalibrationResult calibrate(const std::string& path, Catalog& catalog,
                            const FittedEfficiency& fitted);

/// Reads what `roofline calibrate -o FILE.json` wrote. Throws E300 to E302.
Calibration read_calibration(const std::string& path);

}  // namespace roofline
