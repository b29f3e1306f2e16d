#include "roofline/evaluate/thinking_users.hpp"

namespace roofline {

double request_rate(const PreparedService& service, double concurrency) {
    const ServedOutcome outcome = serve(service, concurrency);
    return concurrency * outcome.expected.output_per_user.in(token / second) / service.load.answer;
}

ThinkingUsers thinking_users(const PreparedService& service, double users, Seconds think) {
    const double replicas = service.prepared.workload.layout.replicas;
    const double here = users / replicas;
    constexpr int halvings = 60;
    double low = 0;
    double high = here;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        const double needed = middle + request_rate(service, middle) * think.in(second);
        (needed < here ? low : high) = middle;
    }
    const double rate = request_rate(service, high);
    return {.users = users,
            .think = think,
            .in_flight = high,
            .requests_per_s = replicas * rate,
            .answer = high / rate * second};
}

}  // namespace roofline
