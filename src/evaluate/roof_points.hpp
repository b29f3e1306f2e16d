// A deployment as points on the roofline of one of its GPUs.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// What of a deployment is a point: a whole phase, or every kind of operator of a decode step.
enum class PointKind { decode, prefill, operators };
inline constexpr std::array<std::string_view, 3> point_kind_names{"decode", "prefill", "op"};

/// Work of one GPU over the time that it takes.
struct RoofPoint {
    std::string name;  ///< "decode", "attention"
    Flops flops;
    Bytes bytes;
    Seconds time;
    Bound bound;
    Basis basis;
    Precision fastest;  ///< of the arithmetic it uses: whose roof holds for it
    /// Of an operator: of the time of its step. Unset: a phase.
    std::optional<double> share = {};

    FlopsPerByte intensity() const { return flops / bytes; }
    FlopsPerSecond attained() const { return flops / time; }
};

/// A deployment in a step of its own, or where it is served in its mean decode step. Points are
/// empty unless it stands.
struct RooflinePlace {
    Prepared prepared;
    Standing standing = Standing::stands;
    Outcome step;  ///< phases are empty unless it stands
    std::vector<RoofPoint> points = {};
};

/// An operator is expected to take as many times its bound as the part of the step that it is in.
/// Encoders have a bound only. Throws UserError as evaluate() does.
RooflinePlace roofline_place(const Deployment& asked, Basis basis,
                             const std::vector<PointKind>& kinds, const Knowledge& knowledge);

}  // namespace roofline
