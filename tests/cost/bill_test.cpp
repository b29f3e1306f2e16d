#include "roofline/cost/bill.hpp"

#include "catch.hpp"

namespace bill_test {

using namespace roofline;

TEST_CASE("3000 tokens/s at 2 dollars an hour are 0.000185 dollars per 1000 tokens") {
    const Bill bill = bill_of_rate(3000 * token / second, {.rent = 2 * dollar / hour});
    CHECK_THAT(bill.per_1k_output().in(dollar), WithinRel(2.0 / (3000 * 3600) * 1000, 1e-12));
    CHECK_THAT(bill.per_1m_output() / bill.per_1k_output(), WithinRel(1000, 1e-12));
    CHECK_FALSE(bill.input_side);
}

TEST_CASE("a request of 1 s prefill and 3 s decode splits the bill 1 to 3") {
    const RequestTime request{
        .prefill = 1 * second, .decode = 3 * second, .input_tokens = 1000, .output_tokens = 100};
    const Bill bill = bill_of_requests(request, 1, {.rent = 3.6 * dollar / hour});
    CHECK_THAT(bill.rate.in(dollar / hour), WithinRel(3.6, 1e-12));
    CHECK_THAT(bill.output.in(token / second), WithinRel(25.0, 1e-12));
    CHECK_THAT(bill.input_side->share, WithinRel(0.25, 1e-12));
    CHECK_THAT(bill.per_request->in(dollar),
               WithinRel(0.004, 1e-12));  // 4 s of 3.6 dollars an hour
}

TEST_CASE("the sides add up to the bill, per hour and weighted by tokens") {
    const RequestTime request{.prefill = 0.7 * second,
                              .decode = 2.9 * second,
                              .input_tokens = 1234,
                              .output_tokens = 321};
    const Bill bill =
        bill_of_requests(request, 3, {.rent = 30 * dollar / hour, .currency = Currency::eur});
    CHECK_THAT((bill.input_side->rate + bill.output_side->rate).in(dollar / hour),
               WithinRel(bill.rate.in(dollar / hour), 1e-12));
    const Money weighted =
        bill.input_side->per_token * (1234 * token) + bill.output_side->per_token * (321 * token);
    CHECK_THAT(weighted.in(dollar), WithinRel(bill.per_request->in(dollar), 1e-12));
    CHECK_THAT((bill.per_output_token * (321 * token)).in(dollar),
               WithinRel(bill.per_request->in(dollar), 1e-12));
    CHECK(bill.currency == Currency::eur);
}

TEST_CASE("200 of 1000 prompt tokens in the cache, 0.25 s of 1 s: 0.75, 0.25 and 3 of 4 s") {
    const RequestTime request{.prefill = 1 * second,
                              .decode = 3 * second,
                              .input_tokens = 1000,
                              .output_tokens = 100,
                              .cached_tokens = 200,
                              .cached = 0.25 * second};
    const Bill bill = bill_of_requests(request, 1, {.rent = 3.6 * dollar / hour});
    // $0.001 a second: $0.00075 over 800 tokens, $0.00025 over 200, $0.003 over 100.
    CHECK_THAT(bill.per_1m_input()->in(dollar), WithinRel(0.00075 / 800 * 1e6, 1e-12));
    CHECK_THAT((bill.cached_side->per_token * token).in(dollar), WithinRel(0.00025 / 200, 1e-12));
    CHECK_THAT((bill.output_side->per_token * token).in(dollar), WithinRel(0.003 / 100, 1e-12));
}

TEST_CASE("at 40 % use a token costs 1 / 0.4 times as much, and a month of $2/h is 730 x $2") {
    const Tariff tariff{.rent = 2 * dollar / hour, .utilization = 0.4};
    const Bill bill = bill_of_rate(3000 * token / second, tariff);
    CHECK_THAT(bill.per_1k_output().in(dollar), WithinRel(2.0 / (3000 * 3600) * 1000 / 0.4, 1e-12));
    CHECK_THAT(bill.delivered.in(token / second), WithinRel(1200.0, 1e-12));
    CHECK_THAT(bill.per_month().in(dollar), WithinRel(1460.0, 1e-12));
}

TEST_CASE("arrivals at a quarter of what devices could do: the same bill, three quarters idle") {
    const Bill bill = bill_of_rate(100 * token / second, {.rent = 2 * dollar / hour});
    const Bill idle = with_idle_share(bill, 0.25);
    CHECK(idle.per_output_token == bill.per_output_token);
    CHECK_THAT(idle.output.in(token / second), WithinRel(400.0, 1e-12));
    CHECK_THAT(idle.delivered.in(token / second), WithinRel(100.0, 1e-12));
}

TEST_CASE("600 W for 300 tokens/s at half use are 600 / 150 = 4 J per token") {
    const Tariff tariff{.rent = 2 * dollar / hour, .power = 600 * watt, .utilization = 0.5};
    CHECK_THAT(*bill_of_rate(300 * token / second, tariff).joules_per_output_token(),
               WithinRel(4.0, 1e-12));
}

}  // namespace bill_test
