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
    ServedModel perfect;   ///< the same at full rates, without fixed times
    Seconds least_prompt;  ///< of that: a prompt by itself, in all stages at once
    Seconds least_token;   ///< and a token of one sequence
    double capacity = 1;   ///< sequences of one instance that fit
    const FittedEfficiency* fitted = nullptr;
    Efficiency efficiency;
    CalibrationScales scales;
};

/// What a request takes, and what comes of all of them.
struct ServedFigures {
    Seconds time_to_first_token;
    Seconds time_per_token;
    Seconds end_to_end;
    TokensPerSecond output;  ///< of all replicas
    TokensPerSecond output_per_gpu;
    TokensPerSecond output_per_user;
};

struct ServedOutcome {
    SteadyState state;
    ServedFigures expected;    ///< of that state, with the wait for devices that cannot keep up
    ServedFigures bound;       ///< its steps and prompts at full rates, without fixed times
    std::optional<Bill> bill;  ///< when a price was given
    BandRow band;              ///< of the regime; the widest there is where nothing was measured
    bool measured = false;     ///< whether the regime was
};

/// Arrivals at a rate, layers split across nodes, and habits that no rows of the fit have. `load`
/// is that of the deployment.
bool never_measured(const Deployment& deployment, const Load& load);
/// Throws UserError as complete() does, and E103 without a concurrency.
/// `efficiency` are the values to use, which may be others than `fitted`'s own.
PreparedService prepare_service(const Deployment& asked, const Efficiency& efficiency,
                                const FittedEfficiency* fitted = nullptr,
                                const CalibrationScales& scales = {});

/// The same devices, model, layout and formats under another load or at another price. `complete`
/// is the whole deployment then. Does not lower again.
void set_load(PreparedService& service, Deployment complete);

/// Works out the least times again, after the load or `perfect` became another.
void set_least_times(PreparedService& service);

/// Does not allocate.
ServedOutcome serve(const PreparedService& service, double concurrency);

/// What `output` costs at the deployment's price; nullopt where it has none.
std::optional<Bill> bill_at(const PreparedService& service, const SteadyState& state,
                            TokensPerSecond output);

/// How full a GPU is: weights, and the cache of all requests with a place in it, at their mean
/// length.
MemoryLedger served_memory(const PreparedService& service, const SteadyState& state);

/// What the phases of an analysis are expected to take: a prompt alone, and a decode step. Never
/// below the bound, which lets routing spread over all experts.
struct ExpectedPhases {
    Seconds prompt;
    Seconds token;

    /// nullopt for phases of their own: none were measured.
    std::optional<Seconds> of(Pass pass) const;
};

/// The model behind them, of the engine that is named, else of the default one. Not for encoders.
ServedModel expected_model(const Prepared& prepared, const Efficiency& efficiency);

/// nullopt for an encoder and for a deployment that does not fit. The lengths of `model` become
/// those of the deployment.
std::optional<ExpectedPhases> expected_phases(const Prepared& prepared, const Outcome& outcome,
                                              ServedModel& model, const CalibrationScales& scales);

}  // namespace roofline
