// A closed loop of requests in its steady state: how prompts interrupt those who decode, how many
// sequences a step holds, and what time to first token and time per token come of it.
#pragma once

#include "roofline/serving/calibration.hpp"
#include "roofline/serving/step_time.hpp"

namespace roofline {

struct Load {
    double concurrency = 1;  ///< requests in flight
    double prompt = 0;       ///< mean tokens
    double answer = 0;       ///< mean tokens
    // What the client and the server's launch script do; the defaults change nothing.
    bool equal_lengths = false;  ///< so that requests run in lockstep
    double poll_steps = 1;       ///< decode steps between looks for new requests
    double stream_interval = 1;  ///< tokens per response chunk
    double waves = 0;            ///< requests sent / concurrency, the first all at once; 0: endless
};

/// The load of a complete deployment; one request where it names a rate instead.
Load load_of(const Deployment& deployment);

/// Sequences of one instance whose cache fits beside weights and reserve, as the engine reserves
/// it; not rounded, and at least one per data-parallel rank.
double cache_capacity(const Workload& workload, const Device& device, const Load& load,
                      ServingEngine engine);

/// What a step that works on a prompt holds: it alone, or it in the place of one of `sequences`.
MixedStep step_with_prompt(const Load& load, double sequences, ServingEngine engine);

/// Times of other requests that one waits for a place in the cache, on average.
double rounds_waited(const Load& load, double admitted);

/// Steady state of one instance.
struct SteadyState {
    Seconds time_per_token;
    Seconds time_to_first_token;
    double requests = 0;       ///< in flight
    double capacity = 0;       ///< sequences whose cache fits
    double admitted = 0;       ///< requests with a place in the cache
    double decoding = 0;       ///< sequences in a mean step
    double prefill_share = 0;  ///< of the time that prompts hold up
    StepTime decode_step;      ///< without prompts
    StepTime prompt_step;      ///< what a prompt adds, or takes alone
    StepTime displaced;        ///< of prompt_step: the sequence that sends a prompt does not decode
    double prompts_per_token = 0;  ///< prompt steps that delay one output token
    Seconds own_prefill;
    Seconds burst;
    bool converged = false;
};

/// `capacity` is memory's limit on sequences of the instance. Does not allocate.
SteadyState steady_state(const ServedModel& model, const Load& load, double capacity,
                         ServingEngine engine, const Efficiency& efficiency, const Scales& scales);

}  // namespace roofline
