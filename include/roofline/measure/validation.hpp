// Predictions beside what was measured.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/measure/errors.hpp"
#include "roofline/measure/measured_rows.hpp"

#include <map>
#include <string>
#include <vector>

namespace roofline {

/// What is predicted of a measured deployment. Nothing but the deployment goes into it.
struct Prediction {
    Seconds time_to_first_token;
    Seconds time_per_token;
    Seconds end_to_end;
    TokensPerSecond output_per_gpu;
    Seconds least_time_per_token;  ///< what the data sheet allows; 0 of a static batch
    BandRow band;
};

/// Of a served deployment, or of a static batch where the deployment names one. Throws UserError
/// for a deployment that cannot be, or whose weights alone are more than the memory (E402).
Prediction predict(const Deployment& deployment, const FittedEfficiency& fitted,
                   const CalibrationScales& scales = {});

struct ValidatedRow {
    MeasuredRow row;
    Prediction predicted;  ///< nothing when the row was skipped
};

/// Rows in the order of the file; a row that cannot be predicted says why.
struct Validation {
    std::vector<ValidatedRow> rows;
    std::map<std::string, std::size_t> skipped;  ///< reason to rows
    std::vector<std::string> unread_columns;
};

/// Whether the row says that a server was faster than its data sheet allows: most often a wrong
/// unit.
bool beats_the_data_sheet(const MeasuredRow& row, const Prediction& predicted);

/// Of a CSV file of measured runs; docs/method.md names its columns. Throws UserError: E300, and
/// E311 with the line of a cell that cannot be read.
Validation validate(const std::string& path, Catalog& catalog, const FittedEfficiency& fitted,
                    const CalibrationScales& scales = {});

/// Output tokens per second and GPU: as measured, or what a served row's times amount to.
std::optional<TokensPerSecond> measured_output_per_gpu(const MeasuredRow& row);

/// predicted / measured - 1, where the row counts: no flag, and for the first token and the rate
/// measured times that mean what they say.
struct RowErrors {
    std::optional<double> time_per_token;
    std::optional<double> time_to_first_token;
    std::optional<double> end_to_end;
    std::optional<double> output;
};
RowErrors errors_of(const ValidatedRow& validated);

}  // namespace roofline
