// A scenario as points on the roofline of one of its GPUs.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "ask/scenario.hpp"

#include <string>
#include <vector>

namespace roofline::cli {

/// What of a deployment is a point: a whole phase, or every kind of operator of a decode step.
enum class PointKind { decode, prefill, operators };

/// Work of one GPU over the time that it takes.
struct RoofPoint {
    std::string name;  ///< "decode", "attention"
    Flops flops;
    Bytes bytes;
    Seconds time;
    Bound bound;
    Basis basis;
    Precision fastest;  ///< of the arithmetic it uses: whose roof holds for it

    FlopsPerByte intensity() const { return flops / bytes; }
    FlopsPerSecond attained() const { return flops / time; }
};

/// Points are empty unless it stands.
struct PlottedScenario {
    Scenario scenario;
    Prepared prepared;
    Outcome outcome;
    Standing standing = Standing::stands;
    std::vector<RoofPoint> points = {};
};

/// A served deployment is looked at in its mean decode step. Operators have a bound only, and so
/// have encoders. Throws UserError as prepare() and prepare_service() do.
PlottedScenario plotted(Scenario scenario, Basis basis, const std::vector<PointKind>& kinds,
                        const Knowledge& knowledge);

}  // namespace roofline::cli
