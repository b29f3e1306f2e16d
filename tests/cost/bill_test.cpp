#include "roofline/cost/bill.hpp"

#include "catch.hpp"

using namespace roofline;

TEST_CASE("3000 tokens/s at 2 dollars an hour are 0.000185 dollars per 1000 tokens") {
    const Bill bill = bill_of_rate(3000 * token / second, 1, 2 * dollar / hour, Currency::usd);
    CHECK_THAT(bill.per_1k_output().in(dollar), WithinRel(2.0 / (3000 * 3600) * 1000, 1e-12));
    CHECK_THAT(bill.per_1m_output() / bill.per_1k_output(), WithinRel(1000, 1e-12));
    CHECK_FALSE(bill.input_side);
}

TEST_CASE("a request of 1 s prefill and 3 s decode splits the bill 1 to 3") {
    const RequestTime request{
        .prefill = 1 * second, .decode = 3 * second, .input_tokens = 1000, .output_tokens = 100};
    const Bill bill = bill_of_requests(request, 1, 2, 1.8 * dollar / hour, Currency::usd);
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
    const Bill bill = bill_of_requests(request, 3, 12, 2.5 * dollar / hour, Currency::eur);
    CHECK_THAT((bill.input_side->rate + bill.output_side->rate).in(dollar / hour),
               WithinRel(bill.rate.in(dollar / hour), 1e-12));
    const Money weighted =
        bill.input_side->per_token * (1234 * token) + bill.output_side->per_token * (321 * token);
    CHECK_THAT(weighted.in(dollar), WithinRel(bill.per_request->in(dollar), 1e-12));
    CHECK_THAT((bill.per_output_token * (321 * token)).in(dollar),
               WithinRel(bill.per_request->in(dollar), 1e-12));
    CHECK(bill.currency == Currency::eur);
}
