// The expected figures of a served deployment: times, rates and the memory behind them.
#pragma once

#include "roofline/catalog/efficiency.hpp"
#include "roofline/evaluate/outcome.hpp"
#include "roofline/serving/closed_loop.hpp"

namespace roofline {

/// A deployment lowered once, at its own lengths, ready for any concurrency.
struct PreparedService {
    Prepared prepared;
    Load load;
    ServedModel model;
    ServedModel perfect;  ///< the same at full rates, without fixed times
    double capacity = 1;  ///< sequences of one instance that fit
    const FittedEfficiency* fitted = nullptr;
    Efficiency efficiency;
    Scales scales;
};

/// What the data sheet allows of the same steady state: its steps and prompts at full rates,
/// without fixed times and without waiting.
struct ServedBound {
    Seconds time_to_first_token;
    Seconds time_per_token;
    Seconds end_to_end;
    TokensPerSecond output;
    TokensPerSecond output_per_gpu;
    TokensPerSecond output_per_user;
};

struct ServedOutcome {
    SteadyState state;
    ServedBound bound;
    std::optional<Bill> bill;  ///< when a price was given
    BandRow band;              ///< of the regime; the widest there is where nothing was measured
    bool measured = false;     ///< whether the regime was
    Seconds end_to_end;
    TokensPerSecond output;  ///< of all replicas
    TokensPerSecond output_per_gpu;
    TokensPerSecond output_per_user;
};

/// Throws UserError as complete() does, and E103 without a concurrency.
/// `efficiency` are the values to use, which may be others than `fitted`'s own.
PreparedService prepare_service(const Deployment& asked, const Efficiency& efficiency,
                                const FittedEfficiency* fitted = nullptr,
                                const Scales& scales = {});

/// Times that shares of requests do not exceed, under arrivals at a rate.
struct Percentile {
    double share;
    Seconds time_to_first_token;
    Seconds end_to_end;
};

/// Arrivals at a rate, of all replicas together. Not measured: a steady state and two queues.
struct OpenLoop {
    double rate = 0;
    double capacity = 0;     ///< requests per second that it could keep up with
    double utilization = 0;  ///< of that
    double concurrency = 0;  ///< requests in flight at a replica
    std::array<Percentile, 3> percentiles = {};

    bool keeps_up() const { return rate < capacity; }
};

/// Requests in flight by Little's law, and the queues' waits on top of the steady state.
/// Percentiles are empty when it does not keep up.
OpenLoop open_loop(const PreparedService& service, double rate);

/// What the phases of an analysis are expected to take: a prompt alone, and a decode step. Never
/// below the bound, which lets routing spread over all experts.
struct ExpectedPhases {
    Seconds prefill;
    Seconds decode;
};

/// nullopt for an encoder and for a deployment that does not fit.
std::optional<ExpectedPhases> expected_phases(const Prepared& prepared, const Outcome& outcome,
                                              const Efficiency& efficiency,
                                              const Scales& scales = {});

/// Does not allocate.
ServedOutcome serve(const PreparedService& service, double concurrency);

}  // namespace roofline
