#include "roofline/evaluate/open_loop.hpp"

#include "roofline/evaluate/thinking_users.hpp"

#include "serving/queueing.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr std::array percentile_shares{0.5, 0.9, 0.99};

// Requests in flight at a replica that `wanted` of them arrive at per second.
double concurrency_at(const PreparedService& service, double wanted) {
    constexpr int halvings = 60;
    double low = 0;
    double high = service.capacity;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (request_rate(service, middle) < wanted ? low : high) = middle;
    }
    return high;
}

Percentile percentile_of(const PreparedService& service, const ServedOutcome& outcome,
                         const Queues& queues, double share) {
    const ServedFigures& expected = outcome.expected;
    const Seconds first = expected.time_to_first_token + queueing_time(queues, share);
    return {.share = share,
            .time_to_first_token = first,
            .end_to_end = first + (service.load.answer - 1) * expected.time_per_token};
}

}  // namespace

double OpenLoop::comfortable_replicas(double now) const {
    constexpr double comfortable = 0.8;
    return std::ceil(now * utilization / comfortable);
}

OpenLoop open_loop(const PreparedService& service, double rate) {
    const double replicas = service.prepared.workload.layout.replicas;
    const double wanted = rate / replicas;
    OpenLoop result{.rate = rate};
    result.capacity = replicas * request_rate(service, service.capacity);
    result.utilization = rate / result.capacity;
    if (!result.keeps_up()) return result;
    result.concurrency = concurrency_at(service, wanted);
    const ServedOutcome outcome = serve(service, result.concurrency);
    const ServedFigures& expected = outcome.expected;
    const Queues queues{
        .requests_per_s = wanted,
        .prompt = std::max(outcome.state.prompt_step.total(), Seconds()),
        .stay = expected.time_to_first_token + service.load.answer * expected.time_per_token,
        .places = service.capacity};
    result.mean_wait = mean_queueing_time(queues);
    std::ranges::transform(percentile_shares, result.percentiles.begin(), [&](double share) {
        return percentile_of(service, outcome, queues, share);
    });
    return result;
}

ServedOutcome serve(const PreparedService& service, const OpenLoop& open) {
    ServedOutcome outcome = serve(service, open.concurrency);
    ServedFigures& expected = outcome.expected;
    const Seconds stay = service.load.answer * token / expected.output_per_user;
    expected.time_to_first_token += open.mean_wait;
    expected.end_to_end += open.mean_wait;
    expected.output_per_user = service.load.answer * token / (stay + open.mean_wait);
    return outcome;
}

}  // namespace roofline
