// The answer to a deployment as plain numbers: what commands print and tests look at.
#pragma once

#include "roofline/cost/bill.hpp"
#include "roofline/engine/assumptions.hpp"
#include "roofline/engine/memory.hpp"
#include "roofline/engine/phase_time.hpp"

#include <array>
#include <optional>
#include <vector>

namespace roofline {

struct PhaseOutcome {
    Step step;
    PhaseTime time;
    TokensPerSecond tokens_per_second;  ///< of all GPUs: prompt tokens, or output tokens
};

/// Phases are empty when the deployment does not fit.
struct Outcome {
    Layout layout;
    double batch = 1;
    double isl = 0;
    double osl = 0;
    MemoryLedger memory;
    std::array<std::optional<PhaseOutcome>, 2> phases = {};  ///< by PhaseKind
    std::optional<Bill> bill;                                ///< when a price was given
    std::optional<Watts> power;                              ///< of all GPUs, nominal

    const std::optional<PhaseOutcome>& phase(PhaseKind kind) const {
        return phases[static_cast<std::size_t>(kind)];
    }
};

/// A deployment lowered once: phases, machine and cache, ready for any batch and length.
struct Prepared {
    Deployment deployment;  ///< complete
    Workload workload;
    Machine machine;
};

/// What may vary without lowering again.
struct Point {
    double batch = 1;
    double isl = 0;
    double osl = 0;
    double context = 0;
};

/// Completes, checks and lowers. Throws UserError as complete() does.
Prepared prepare(const Deployment& deployment);

Point point_of(const Prepared& prepared);

/// Bound by the data sheet: every efficiency 1. Does not allocate.
Outcome evaluate(const Prepared& prepared, const Point& point, const Assumptions& assumptions);

/// Of all GPUs of a complete deployment: as given, else nominal; nullopt where that is not known.
std::optional<Watts> power_of(const Deployment& deployment);

/// What the outcome's phases cost at the deployment's price, where it has one.
void add_bill(const Prepared& prepared, Outcome& outcome);

/// Both steps at once, for the deployment's own point.
Outcome evaluate(const Deployment& deployment, const Assumptions& assumptions);

/// The operators behind one phase of an outcome, longest first.
std::vector<OperatorTime> operators_of(const Prepared& prepared, const PhaseOutcome& outcome,
                                       PhaseKind kind);

}  // namespace roofline
