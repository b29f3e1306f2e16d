// Where two ways to the same tokens cost the same.
#pragma once

#include "roofline/catalog/price.hpp"
#include "roofline/cost/bill.hpp"

namespace roofline {

/// A bill beside what an API asks for the same tokens.
struct ApiBreakEven {
    MoneyPerToken api;       ///< for an output token with its part of the prompt
    MoneyPerToken ours;      ///< the same of the bill
    double utilization = 0;  ///< of every paid hour, at which both cost the same; above 1: never
    TokensPerSecond output;  ///< delivered at that utilisation
};

/// A request of the bill at the API's prices; cached tokens cost what input does where the API has
/// no price for them. Without prompts in the bill, or without a price of theirs, output alone
/// counts. Throws UserError (E131).
ApiBreakEven break_even(const Bill& bill, const ApiPrice& api);

/// Price of a device and hour at which `gpus` devices that deliver `output` cost as much per output
/// token as the bill.
MoneyPerSecond break_even_price(const Bill& bill, TokensPerSecond output, double gpus);

}  // namespace roofline
