#include "queueing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofline {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

// Some requests wait, and these so long on average, in seconds.
struct Wait {
    double probability = 1;
    double mean_of_waiting = endless;
};

// Quantile of a wait whose tail is exponential.
double tail(const Wait& wait, double quantile) {
    if (wait.probability <= 1 - quantile) return 0;
    return wait.mean_of_waiting * std::log(wait.probability / (1 - quantile));
}

Wait prompt_wait(const Queues& queues) {
    const double busy = queues.requests_per_s * queues.prompt.in(second);
    if (busy >= 1) return {};
    return {busy, queues.prompt.in(second) / (2 * (1 - busy))};
}

Wait place_wait(const Queues& queues) {
    const double busy = queues.requests_per_s * queues.stay.in(second) / queues.places;
    if (busy >= 1) return {};
    return {std::pow(busy, std::sqrt(2 * (queues.places + 1)) - 1),
            queues.stay.in(second) / (queues.places * (1 - busy))};
}

}  // namespace

Seconds queueing_time(const Queues& queues, double quantile) {
    return (tail(prompt_wait(queues), quantile) + tail(place_wait(queues), quantile)) * second;
}

Seconds mean_queueing_time(const Queues& queues) {
    const Wait prompt = prompt_wait(queues);
    const Wait place = place_wait(queues);
    return (prompt.probability * prompt.mean_of_waiting +
            place.probability * place.mean_of_waiting) *
           second;
}

}  // namespace roofline
