// The answer to a deployment as plain numbers: what commands print and tests look at.
#pragma once

#include "roofline/cost/bill.hpp"
#include "roofline/engine/memory.hpp"
#include "roofline/engine/phase_time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

struct PhaseOutcome {
    std::string name;
    Pass pass = Pass::own;
    double repeats = 1;    ///< passes for one answer
    double sequences = 1;  ///< of one pass, in all stages of a pipeline
    double at_once = 1;    ///< stages of a pipeline that pieces of one pass are in together
    Step step;
    PhaseTime time;                     ///< of one pass
    TokensPerSecond tokens_per_second;  ///< of all GPUs: prompt tokens, output tokens or rows
};

/// Phases are empty when the deployment does not fit.
struct Outcome {
    Layout layout;
    double sequences = 1;
    double isl = 0;
    double osl = 0;
    MemoryLedger memory;
    std::vector<PhaseOutcome> phases = {};
    std::optional<Bill> bill;    ///< when a price was given
    std::optional<Watts> power;  ///< of all GPUs, nominal

    /// The first phase of that kind; nullptr where there is none.
    const PhaseOutcome* prefill() const;
    const PhaseOutcome* decode() const;
    /// What is said of it first: the last phase, decoding or the one pass of an encoder.
    const PhaseOutcome& main() const { return phases.back(); }
    /// All passes of all phases, one after another.
    Seconds latency() const;
};

/// A deployment lowered once: phases, machine and cache, ready for any batch and length.
struct Prepared {
    Deployment deployment;  ///< complete
    Workload workload;
    Machine machine;
    ServerMemory server;
};

/// What may vary without lowering again.
struct LoadPoint {
    double sequences = 1;
    double isl = 0;
    double osl = 0;
    double context = 0;
};

/// Completes, checks and lowers. Throws UserError as complete() does.
Prepared prepare(const Deployment& deployment);

LoadPoint point_of(const Prepared& prepared);

/// The deployment's own batch at its context, and its longest request.
Held held_of(const Prepared& prepared);

/// What a step takes of a GPU's memory at the deployment's own batch and context.
MemoryLedger memory_of(const Prepared& prepared);
/// The same with `sequences` of `tokens`.
MemoryLedger memory_of(const Prepared& prepared, double sequences, double tokens);

/// Whether it is asked if a deployment fits, or given: what was measured ran.
enum class Fit { judged, given };

/// Bound by the data sheet: every efficiency 1. Does not allocate.
Outcome evaluate(const Prepared& prepared, const LoadPoint& point, Fit fit = Fit::judged);

/// Of all GPUs of a complete deployment: as given, else nominal; nullopt where that is not known.
std::optional<Watts> power_of(const Deployment& deployment);

/// What the outcome's phases cost at the deployment's price, where it has one.
void add_bill(const Prepared& prepared, Outcome& outcome);

/// Both steps at once, for the deployment's own point.
Outcome evaluate(const Deployment& deployment);

/// The operators behind one phase of an outcome, longest first.
std::vector<OperatorTime> operators_of(const Prepared& prepared, const PhaseOutcome& outcome);

/// The phase of the workload that an outcome is of.
const Phase& phase_of(const Prepared& prepared, const PhaseOutcome& outcome);

}  // namespace roofline
