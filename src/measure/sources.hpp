// Measured runs from text that is there already.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/measure/calibrate.hpp"
#include "roofline/measure/measured_rows.hpp"
#include "roofline/measure/validation.hpp"

#include "input/source.hpp"

#include <functional>
#include <string>
#include <vector>

namespace roofline {

/// Reads rows one after another. Columns: hardware, model and concurrency, input_tokens,
/// output_tokens must be there; batch, gpus, tp, pp, dp, ep, engine, weights, dtype, kv_bytes,
/// equal_lengths, poll_steps, stream_interval, waves, ttft_ms, tpot_ms, e2e_ms,
/// output_tokens_per_s, ttft_usable, flag, id, group may be; engine_version and date are passed
/// over. A row with a batch instead of a concurrency was measured without a server. Returns the
/// names of other columns. Throws UserError (E311) with the line of a cell that cannot be read.
std::vector<std::string> read_measured_rows(Source source, Catalog& catalog,
                                            const std::function<void(MeasuredRow)>& take);

/// validate() and calibrate() of a file that was read.
Validation validate(Source source, Catalog& catalog, const FittedEfficiency& fitted,
                    const CalibrationScales& scales = {});
CalibrationResult calibrate(Source source, Catalog& catalog, const FittedEfficiency& fitted);

/// read_calibration() of a file that was read.
Calibration read_calibration(Source source);

}  // namespace roofline
