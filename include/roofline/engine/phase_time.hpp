// Phases on a machine: the sum of their operators, each at its own roof.
#pragma once

#include "roofline/engine/roof.hpp"
#include "roofline/workload/workload.hpp"

#include <array>
#include <vector>

namespace roofline {

/// One operator of a phase, all its occurrences together, on one GPU of each pipeline stage.
/// Merged ones have the precision, link and resource of the longest.
struct OperatorTime {
    OperatorKind kind;
    Precision precision;
    LinkUse link = LinkUse::none;
    double count = 1;  ///< occurrences
    Work work;
    Timing timing;
};

/// A whole pass: per resource the time of the operators that it holds up.
struct PhaseTime {
    Flops flops;
    Traffic traffic;
    Bytes network;
    std::array<Seconds, 3> by_bound = {};  ///< by Bound

    Seconds total() const { return by_bound[0] + by_bound[1] + by_bound[2]; }
    /// The resource that holds up most of the time.
    Bound bound() const;
    FlopsPerByte intensity() const { return flops / traffic.total(); }
};

OperatorTime time_of(const Operator& op, const Step& step, const Layout& layout,
                     const Machine& machine);

/// Does not allocate.
PhaseTime time_of(const Phase& phase, const Step& step, const Layout& layout,
                  const Machine& machine);

/// The same, one entry per kind of operator, longest first.
std::vector<OperatorTime> operator_times(const Phase& phase, const Step& step, const Layout& layout,
                                         const Machine& machine);

}  // namespace roofline
