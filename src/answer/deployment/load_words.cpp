#include "load_words.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {

std::string load_words(const Deployment& d) {
    if (d.rate) return humanize_number(*d.rate) + " requests/s";
    if (d.users)
        return formatted("{} users who think {}", humanize_number(*d.users), humanize(*d.think));
    return "concurrency " + humanize_number(*d.concurrency);
}

std::string users_words(const ThinkingUsers& users, double replicas) {
    return formatted(". {} users who think {} have {} requests in flight{}: {} = {}/s x ({} + {})",
                     humanize_number(users.users), humanize(users.think),
                     humanize_number(users.in_flight), replicas > 1 ? " at each replica" : "",
                     humanize_number(users.users), humanize_number(users.requests_per_s),
                     humanize(users.answer), humanize(users.think));
}

Record users_record(const ThinkingUsers& users) {
    return Record()
        .add("users", users.users)
        .add("think", users.think)
        .add("in_flight", users.in_flight)
        .add("thinking", users.thinking())
        .add("requests_per_s", users.requests_per_s)
        .add("answer", users.answer);
}

}  // namespace roofline
