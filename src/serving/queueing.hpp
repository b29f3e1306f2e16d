// Requests that arrive at a rate, whoever waits: how long the queue makes the unlucky ones wait.
#pragma once

#include "roofline/units/quantity.hpp"

namespace roofline {

/// What requests queue for: an engine that works on one prompt at a time, and places in the cache.
struct Queues {
    double requests_per_s = 0;
    Seconds prompt;     ///< the engine's time for one
    Seconds stay;       ///< a request's time in its place
    double places = 1;  ///< sequences that the cache holds
};

/// The wait that a share `quantile` of requests does not exceed. Prompts: an M/D/1 queue (Pollaczek
/// and Khinchine); places: an M/M/c queue (Sakasegawa 1977); both with an exponential tail. The two
/// are added as if the same requests were unlucky twice. Infinite when either is overloaded.
Seconds queueing_time(const Queues& queues, double quantile);

/// The mean of both waits, over those who wait and those who do not.
Seconds mean_queueing_time(const Queues& queues);

}  // namespace roofline
