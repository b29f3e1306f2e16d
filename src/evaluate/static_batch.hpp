// Expected times of a batch that is given all at once and has the devices to itself, as benchmarks
// without a server measure it.
#pragma once

#include "roofline/catalog/efficiency.hpp"
#include "roofline/serving/step_time.hpp"
#include "roofline/workload/deployment.hpp"

namespace roofline {

struct StaticBatch {
    Seconds prompts;  ///< all of them together, up to the first tokens
    Seconds step;     ///< of all sequences, at their mean length
    Seconds whole;    ///< prompts and answers
    TokensPerSecond output_per_gpu;
};

/// The deployment that a static batch is measured on, complete: its sequences are all in flight.
Deployment complete_batch(Deployment asked);

/// Of the deployment's batch, isl and osl. No front end, no waiting, no other requests. Throws
/// UserError as complete_service() does.
StaticBatch static_batch(Deployment asked, const Efficiency& efficiency,
                         const CalibrationScales& scales = {});

}  // namespace roofline
