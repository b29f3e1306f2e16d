#include "serving/queueing.hpp"

#include "catch.hpp"

#include <cmath>

namespace queueing_test {

using namespace roofline;

namespace {

// Two requests a second that take 250 ms each: the one engine is half busy.
const Queues prompts_alone{.requests_per_s = 2, .prompt = 250 * millisecond, .stay = {}};
const Queues places_alone{.requests_per_s = 2, .prompt = {}, .stay = 250 * millisecond};

double mean_of(const Queues& queues) { return mean_queueing_time(queues).in(second); }
double quantile_of(const Queues& queues, double share) {
    return queueing_time(queues, share).in(second);
}

}  // namespace

TEST_CASE("an M/D/1 queue of 250 ms at half load waits 0.5 x 0.25 / (2 x 0.5) = 0.125 s") {
    CHECK_THAT(mean_of(prompts_alone), WithinRel(0.125, 1e-12));
    Queues quarter = prompts_alone;  // 0.25 x 0.25 / (2 x 0.75)
    quarter.requests_per_s = 1;
    CHECK_THAT(mean_of(quarter), WithinRel(1.0 / 24, 1e-12));
}

TEST_CASE("one place is an M/M/1 queue: 0.5 x 0.25 / (1 - 0.5) = 0.25 s, both 0.375 s") {
    CHECK_THAT(mean_of(places_alone), WithinRel(0.25, 1e-12));
    Queues both = prompts_alone;
    both.stay = 250 * millisecond;
    CHECK_THAT(mean_of(both), WithinRel(0.375, 1e-12));
}

TEST_CASE("of 7 places half busy 0.5^(sqrt(16) - 1) = 1 in 8 waits, 0.25 / 3.5 s: 1/112 s") {
    const Queues queues{.requests_per_s = 14, .prompt = {}, .stay = 250 * millisecond, .places = 7};
    CHECK_THAT(mean_of(queues), WithinRel(1.0 / 112, 1e-12));
    CHECK(quantile_of(queues, 0.875) == 0);
    CHECK(quantile_of(queues, 0.88) > 0);
}

TEST_CASE("half of them wait: 3 in 4 at most the mean x ln 2, 99 in 100 the mean x ln 50") {
    CHECK(quantile_of(prompts_alone, 0.5) == 0);
    CHECK_THAT(quantile_of(prompts_alone, 0.75), WithinRel(0.25 * 0.693147, 1e-6));
    CHECK_THAT(quantile_of(places_alone, 0.99), WithinRel(0.5 * 3.912023, 1e-6));
    Queues both = prompts_alone;
    both.stay = 250 * millisecond;
    CHECK_THAT(quantile_of(both, 0.75), WithinRel(0.75 * 0.693147, 1e-6));
}

TEST_CASE("an engine or places that are busy all the time are waited for without end") {
    Queues queues = prompts_alone;
    queues.requests_per_s = 4;
    CHECK(std::isinf(mean_of(queues)));
    CHECK(std::isinf(quantile_of(queues, 0.5)));
    queues = places_alone;
    queues.requests_per_s = 4;
    CHECK(std::isinf(mean_of(queues)));
    CHECK(std::isinf(quantile_of(queues, 0.5)));
}

TEST_CASE("nobody waits where nothing arrives") {
    Queues queues = prompts_alone;
    queues.stay = second;
    queues.requests_per_s = 0;
    CHECK(mean_of(queues) == 0);
    CHECK(quantile_of(queues, 0.99) == 0);
}

}  // namespace queueing_test
