#include "roofline/cost/break_even.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace break_even_test {

using namespace roofline;

namespace {

constexpr RequestTime request{
    .prefill = 1 * second, .decode = 3 * second, .input_tokens = 1000, .output_tokens = 100};

Bill bill_at(double utilization) {
    return bill_of_requests(request, 1, {.rent = 3.6 * dollar / hour, .utilization = utilization});
}

}  // namespace

TEST_CASE("1000 in at $0.15/M and 100 out at $10/M are $11.5 per 1M out with their prompts") {
    const ApiPrice api = parse_api_price("$10/M out, $0.15/M in", "--compare-api");
    const ApiBreakEven even = break_even(bill_at(1), api);
    CHECK_THAT((even.api * (1e6 * token)).in(dollar), WithinRel(10 + 10 * 0.15, 1e-12));
}

TEST_CASE("4 s at $0.001 a second are $0.004 a request; an API at $0.008 is met at half the use") {
    const ApiPrice api = parse_api_price("$80/M out", "--compare-api");
    CHECK_THAT(break_even(bill_at(1), api).utilization, WithinRel(0.5, 1e-12));
    // However much it is used now.
    CHECK_THAT(break_even(bill_at(0.2), api).utilization, WithinRel(0.5, 1e-12));
    CHECK_THAT(break_even(bill_at(1), api).output.in(token / second), WithinRel(12.5, 1e-12));
}

TEST_CASE("twice the tokens per device break even at twice the price") {
    const Bill bill = bill_at(1);
    const MoneyPerSecond price = break_even_price(bill, 4 * bill.output, 2);
    CHECK_THAT(price.in(dollar / hour), WithinRel(2 * 3.6, 1e-12));
}

TEST_CASE("an API's price keeps its currency, and its parts have one") {
    const ApiPrice euros = parse_api_price("€0.60/M out", "--compare-api");
    CHECK(fault_of([&] { break_even(bill_at(1), euros); }).code == ErrorCode::two_currencies);
    CHECK(fault_of([] { parse_api_price("€0.60/M out, $0.1/M in", "--compare-api"); }).code ==
          ErrorCode::two_currencies);
    for (const char* text : {"$0.60/M", "$0.1/M in", "$1/M out, $2/M out", "out", ""})
        CHECK(fault_of([&] { parse_api_price(text, "--compare-api"); }).code ==
              ErrorCode::bad_choice);
}

}  // namespace break_even_test
