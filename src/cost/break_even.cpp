#include "roofline/cost/break_even.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

namespace roofline {
namespace {

Money prompt_at(const Bill& bill, const ApiPrice& api) {
    Money sum;
    if (!api.input) return sum;
    if (bill.input_side) sum += bill.input_side->tokens * token * *api.input;
    if (bill.cached_side)
        sum += bill.cached_side->tokens * token * api.cached_input.value_or(*api.input);
    return sum;
}

}  // namespace

ApiBreakEven break_even(const Bill& bill, const ApiPrice& api) {
    if (!bill.input_side && api.input)
        fail(ErrorCode::conflicting_arguments,
             "`compare-api` has a price of prompts, and `tokens-per-s` says nothing of them",
             "give the price of output alone, '$0.60/M out', or MODEL instead of a rate");
    if (api.currency != bill.currency)
        fail(ErrorCode::two_currencies,
             formatted("the bill is in {} and the API's price in {}", row_of(bill.currency).code,
                       row_of(api.currency).code),
             "a currency is kept and never converted: write both in one");
    ApiBreakEven even{.api = api.output, .ours = bill.per_output_token};
    if (bill.output_side) even.api += prompt_at(bill, api) / (bill.output_side->tokens * token);
    even.utilization = bill.utilization * (even.ours / even.api);
    even.output = even.utilization * bill.output;
    return even;
}

MoneyPerSecond break_even_price(const Bill& bill, TokensPerSecond output, double gpus) {
    return bill.per_output_token * output / gpus;
}

}  // namespace roofline
