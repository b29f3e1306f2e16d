#include "load_words.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::string users_of(double users) {
    return formatted("{} user{}", humanize_number(users), users == 1 ? "" : "s");
}

std::string think_of(Seconds think) { return think == Seconds() ? "0 s" : humanize(think); }

}  // namespace

std::string load_words(const Deployment& d) {
    if (d.rate) return humanize_number(*d.rate) + " requests/s";
    if (d.users) return formatted("{} thinking {}", users_of(*d.users), think_of(*d.think));
    return "concurrency " + humanize_number(*d.concurrency);
}

std::string users_words(const ThinkingUsers& users, double replicas) {
    return formatted(". {} thinking {} have {} requests in flight{}: {} = {}/s x ({} + {})",
                     users_of(users.users), think_of(users.think), humanize_number(users.in_flight),
                     replicas > 1 ? " at each replica" : "", humanize_number(users.users),
                     humanize_number(users.requests_per_s), humanize(users.answer),
                     think_of(users.think));
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
