// With one place in the cache a request takes 0.5 ms until the running step ends, 1 ms for its
// prompt and 38.5 ms for its tokens.
#include "roofline/evaluate/open_loop.hpp"

#include "catch.hpp"
#include "evaluate/one_product.hpp"

namespace open_loop_test {

using namespace roofline;

namespace {

PreparedService one_place(const std::string& habits) {
    return one_product("h100 isl=10 rate=5 " + habits, 1);
}

double ms(Seconds time) { return time.in(millisecond); }

}  // namespace

TEST_CASE("a place for 40 ms a request keeps up with 25 a second: 5 use a fifth of it") {
    const OpenLoop open = open_loop(one_place(""), 5);
    CHECK(open.rate == 5);
    CHECK_THAT(open.capacity, WithinRel(25, 1e-9));
    CHECK_THAT(open.utilization, WithinRel(0.2, 1e-9));
    CHECK_THAT(open.concurrency, WithinRel(0.2, 1e-9));
    CHECK(open.keeps_up());
}

TEST_CASE("an M/M/1 queue at 0.2 of 25 a second: 10 ms on average, 50 ms ln(0.2/0.1) of nine") {
    const OpenLoop open = open_loop(one_place(""), 5);
    CHECK_THAT(ms(open.mean_wait), WithinRel(10, 1e-9));
    const auto& [half, nine_tenths, most] = open.percentiles;
    CHECK(half.share == 0.5);
    CHECK(nine_tenths.share == 0.9);
    CHECK(most.share == 0.99);
    // A first token after 1.5 ms and the wait, and 37.5 ms of others; 50 ln 2 and 50 ln 20.
    CHECK_THAT(ms(half.time_to_first_token), WithinRel(1.5, 1e-9));
    CHECK_THAT(ms(half.end_to_end), WithinRel(39, 1e-9));
    CHECK_THAT(ms(nine_tenths.time_to_first_token), WithinRel(1.5 + 34.6573590, 1e-7));
    CHECK_THAT(ms(nine_tenths.end_to_end), WithinRel(39 + 34.6573590, 1e-7));
    CHECK_THAT(ms(most.time_to_first_token), WithinRel(1.5 + 149.7866137, 1e-7));
}

TEST_CASE("prompts with steps of their own wait for each other too: 0.02 busy with 1 ms each") {
    // Places at 0.8: 0.8 of 40 / 0.2 ms. Prompts at 0.02: 0.02 of 1 / (2 x 0.98) ms.
    const OpenLoop open = open_loop(one_place("engine=sglang"), 20);
    CHECK_THAT(ms(open.mean_wait), WithinRel(160 + 0.010204082, 1e-8));
    // 200 ln 80 and 0.510204 ln 2
    CHECK_THAT(ms(open.percentiles[2].time_to_first_token),
               WithinRel(1.5 + 876.405327 + 0.353647, 1e-7));
}

TEST_CASE("the mean wait stands before the first token, and what arrives leaves") {
    const PreparedService service = one_place("");
    const ServedFigures expected = serve(service, open_loop(service, 5)).expected;
    CHECK_THAT(ms(expected.time_to_first_token), WithinRel(11.5, 1e-9));
    CHECK_THAT(ms(expected.time_per_token), WithinRel(1, 1e-12));
    CHECK_THAT(ms(expected.end_to_end), WithinRel(49, 1e-9));
    // 38.5 tokens in 50 ms, and of 5 requests a second.
    CHECK_THAT(expected.output_per_user.in(token / second), WithinRel(770, 1e-9));
    CHECK_THAT(expected.output.in(token / second), WithinRel(192.5, 1e-9));
}

TEST_CASE("arrivals spread over replicas: 2 keep up with 50, and 10 find each at a fifth") {
    const OpenLoop open = open_loop(one_place("replicas=2"), 10);
    CHECK_THAT(open.capacity, WithinRel(50, 1e-9));
    CHECK_THAT(open.utilization, WithinRel(0.2, 1e-9));
    CHECK_THAT(open.concurrency, WithinRel(0.2, 1e-9));
    CHECK_THAT(ms(open.mean_wait), WithinRel(10, 1e-9));
}

TEST_CASE("a rate beyond the capacity has no queue, and 80 % of replicas are comfortable") {
    const OpenLoop open = open_loop(one_place(""), 30);
    CHECK_FALSE(open.keeps_up());
    CHECK_THAT(open.utilization, WithinRel(1.2, 1e-9));
    CHECK(open.concurrency == 0);
    CHECK(open.percentiles[2].time_to_first_token == Seconds());
    // 2 x 1.25 / 0.8 is 3.125, 2 x 0.3 / 0.8 is 0.75, and 8 x 0.5 / 0.8 is 5.
    CHECK(OpenLoop{.utilization = 1.25}.comfortable_replicas(2) == 4);
    CHECK(OpenLoop{.utilization = 0.3}.comfortable_replicas(2) == 1);
    CHECK(OpenLoop{.utilization = 0.5}.comfortable_replicas(8) == 5);
}

}  // namespace open_loop_test
