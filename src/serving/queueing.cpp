#include "roofline/serving/queueing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

// Quantile of a wait that is 0 with probability 1 - `busy` and else exponential with this mean.
double tail(double busy, double mean_of_waiting, double quantile) {
    if (busy <= 1 - quantile) return 0;
    return mean_of_waiting * std::log(busy / (1 - quantile));
}

double prompt_wait(const Queues& queues, double quantile) {
    const double busy = queues.requests_per_s * queues.prompt.in(second);
    if (busy >= 1) return endless;
    const double mean_of_waiting = queues.prompt.in(second) / (2 * (1 - busy));
    return tail(busy, mean_of_waiting, quantile);
}

double place_wait(const Queues& queues, double quantile) {
    const double busy = queues.requests_per_s * queues.stay.in(second) / queues.places;
    if (busy >= 1) return endless;
    const double all_taken = std::pow(busy, std::sqrt(2 * (queues.places + 1)) - 1);
    const double mean_of_waiting = queues.stay.in(second) / (queues.places * (1 - busy));
    return tail(all_taken, mean_of_waiting, quantile);
}

}  // namespace

Seconds queueing_time(const Queues& queues, double quantile) {
    return (prompt_wait(queues, quantile) + place_wait(queues, quantile)) * second;
}

}  // namespace roofline
