// A closed loop of requests in its steady state: how prompts interrupt those who decode, how many
// sequences a step holds, and what time to first token and time per token come of it.
#pragma once

#include "roofline/engine/memory.hpp"
#include "roofline/serving/step_time.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {

struct Load {
    double concurrency = 1;  ///< requests in flight
    double prompt = 0;       ///< mean tokens
    double answer = 0;       ///< mean tokens
    double cached = 0;       ///< of the prompt, in the prefix cache
    double chunk = 0;        ///< prompt tokens in one step; 0: all of them
    double drafts = 0;       ///< guessed for each step: speculative decoding
    double acceptance = 0;   ///< chance that a guess is right when those before were
    // What the client and the server's launch script do; the defaults change nothing.
    bool equal_lengths = false;  ///< so that two requests end and come back together
    bool lockstep = false;       ///< all requests are sent at once and come back together
    double poll_steps = 1;       ///< decode steps between looks for new requests
    double stream_interval = 1;  ///< tokens per response chunk
    double waves = 0;            ///< requests sent / concurrency, the first all at once; 0: endless

    /// Prompt tokens to work out: at least one.
    double fresh() const { return std::max(prompt - cached, 1.0); }
    /// Steps that a prompt is worked out in.
    double prompt_steps() const { return chunk > 0 ? std::ceil(fresh() / chunk) : 1; }
    /// Prompt tokens that an engine puts into one step: a chunk, else what it takes by default.
    double step_budget() const;
    /// Prompts that such a step holds, or the part of a longer one.
    double most_prompts_in_a_step() const;
    /// Output tokens of a sequence from one step: the right guesses before the first wrong one, and
    /// one more (Leviathan et al. 2023, equation 1).
    double tokens_per_step() const;
};

/// What attention works on under a load.
ServedLengths lengths_of(const Load& load);

/// The load of a complete deployment; one request where it names a rate instead.
Load load_of(const Deployment& deployment);

/// Sequences that one instance lets in: those whose cache has room, as the engine reserves it, and
/// no more than it takes at once; not rounded, and at least one per data-parallel rank.
double cache_capacity(const Workload& workload, const MemoryLedger& memory, const Load& load,
                      ServingEngine engine);

/// What a step that works on a prompt, or a chunk of it, holds: that alone, or in the place of one
/// of `sequences`.
MixedStep step_with_prompt(const Load& load, double sequences, ServingEngine engine);

/// Times of other requests that one waits for a place in the cache, on average.
double rounds_waited(const Load& load, double admitted);

/// Steady state of one instance.
struct SteadyState {
    Seconds time_per_token;
    Seconds time_to_first_token;
    double requests = 0;         ///< in flight
    double capacity = 0;         ///< sequences whose cache fits
    double admitted = 0;         ///< requests with a place in the cache
    double decoding = 0;         ///< sequences in a mean step
    double prefill_share = 0;    ///< of the time that prompts hold up
    double tokens_per_step = 1;  ///< of each sequence, more than one with speculative decoding
    StepTime decode_step;        ///< without prompts, for each of those tokens
    StepTime prompt_step;        ///< what a prompt adds, or takes alone, in all its steps
    Seconds longest_step;        ///< one that works on a prompt or a chunk: the pause of a stream
    StepTime displaced;  ///< of prompt_step: the sequence that sends a prompt does not decode
    double prompts_per_token = 0;  ///< prompt steps that delay one output token
    MixedStep with_prompt;         ///< what such a step holds
    double steps_a_prompt = 1;     ///< so many of them for a prompt
    bool prompts_alone = false;    ///< nothing else is in them
    Seconds own_prefill;
    Seconds burst;
    Seconds response_delay;  ///< of time_to_first_token: a chunk of the response fills up
    bool converged = false;
};

/// Who serves a load.
struct Server {
    const ServedModel& model;
    ServingEngine engine;
    double capacity = 1;  ///< memory's limit on sequences of the instance
    const Efficiency& efficiency;
    CalibrationScales scales;
};

/// Does not allocate.
SteadyState steady_state(const Server& server, const Load& load);

}  // namespace roofline
