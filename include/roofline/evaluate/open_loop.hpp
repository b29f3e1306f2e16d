// Requests that arrive at a rate at a served deployment: a steady state and two queues.
#pragma once

#include "roofline/evaluate/served.hpp"

#include <array>

namespace roofline {

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
    Seconds mean_wait;       ///< in both queues
    std::array<Percentile, 3> percentiles = {};

    bool keeps_up() const { return rate < capacity; }

    /// How many replicas would run at 80 % of what they can, where `now` run at `utilization`.
    double comfortable_replicas(double now) const;
};

/// Requests in flight by Little's law, and the queues' waits on top of the steady state.
/// Percentiles are empty when it does not keep up.
OpenLoop open_loop(const PreparedService& service, double rate);

/// The steady state behind it, with the mean wait before the first token. The output is what
/// arrives.
ServedOutcome serve(const PreparedService& service, const OpenLoop& open);

}  // namespace roofline
