// Measured serving runs, one per line of a CSV file, as deployments and what was measured of them.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/input/csv.hpp"
#include "roofline/workload/deployment.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

struct MeasuredRow {
    std::string id;
    std::string group;  ///< a label of the file's own; may be empty
    int line = 0;
    std::string flag;   ///< why the row does not count; empty when it does
    std::string model;  ///< as the file names it
    std::string device;
    Deployment deployment;  ///< served at a concurrency, or a static batch
    std::string skip;       ///< why it cannot be predicted; empty when it can

    // What a prediction never reads.
    std::optional<Seconds> time_to_first_token;
    std::optional<Seconds> time_per_token;
    std::optional<Seconds> end_to_end;
    std::optional<TokensPerSecond> output;  ///< of all GPUs
    bool first_token_usable = true;
};

/// Reads rows one after another. Columns: hardware, model and concurrency, input_tokens,
/// output_tokens must be there; batch, gpus, tp, pp, dp, ep, engine, weights, dtype, kv_bytes,
/// equal_lengths, poll_steps, stream_interval, waves, ttft_ms, tpot_ms, e2e_ms,
/// output_tokens_per_s, ttft_usable, flag, id, group may be; engine_version and date are passed
/// over. A row with a batch instead of a concurrency was measured without a server. Returns the
/// names of other columns. Throws UserError (E311) with the line of a cell that cannot be read.
std::vector<std::string> read_measured_rows(Source source, Catalog& catalog,
                                            const std::function<void(MeasuredRow)>& take);

}  // namespace roofline
