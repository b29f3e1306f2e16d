// Users who ask, wait for their answer and think: how many requests they have in flight.
#pragma once

#include "roofline/evaluate/served.hpp"

namespace roofline {

struct ThinkingUsers {
    double users = 0;           ///< of all replicas
    Seconds think;              ///< between an answer and the next question
    double in_flight = 0;       ///< requests at one replica
    double requests_per_s = 0;  ///< of all replicas
    Seconds answer;             ///< from question to last token, and until the next is let in

    /// Those who think just now.
    double thinking() const { return requests_per_s * think.in(second); }
};

/// Little's law for a closed loop with thinking time: users = throughput x (answer + think) (Little
/// 1961; Lazowska et al. 1984, response time law). Solved by halving: more in flight are never
/// answered more slowly as a whole.
ThinkingUsers thinking_users(const PreparedService& service, double users, Seconds think);

/// Requests per second that one replica answers with so many in flight, as expected.
double request_rate(const PreparedService& service, double concurrency);

}  // namespace roofline
