// Time into money. One bill per hour, read two ways: over the output tokens, and split between
// input and output by the device time that each takes.
#pragma once

#include "roofline/units/currency.hpp"
#include "roofline/units/quantity.hpp"

#include <optional>

namespace roofline {

/// What one instance does for one request, and how many tokens that is.
struct RequestTime {
    Seconds prefill;  ///< device time of the whole prompt
    Seconds decode;   ///< device time of all its output tokens, its share of each step
    double input_tokens = 0;
    double output_tokens = 0;
};

/// One side of the split: its parts of the hourly bill add up to the whole, and its price per token
/// times its tokens, summed over the sides, is the price of a request.
struct BillShare {
    double share = 0;
    MoneyPerSecond rate;
    MoneyPerToken per_token;
};

struct Bill {
    MoneyPerSecond rate;  ///< of all devices
    Currency currency = Currency::usd;
    TokensPerSecond output;          ///< of all devices
    MoneyPerToken per_output_token;  ///< the whole bill over the output tokens
    std::optional<Money> per_request;
    std::optional<BillShare> input_side;
    std::optional<BillShare> output_side;

    /// The whole bill over a thousand output tokens, and over a million.
    Money per_1k_output() const { return per_output_token * (1e3 * token); }
    Money per_1m_output() const { return per_output_token * (1e6 * token); }
};

/// Devices that are busy with such requests, one after another, without idling.
Bill bill_of_requests(const RequestTime& request, double replicas, double gpus,
                      MoneyPerSecond per_device, Currency currency);

/// Devices that deliver `output` with such requests, whose device times split the bill.
Bill bill_of_service(TokensPerSecond output, const RequestTime& request, double gpus,
                     MoneyPerSecond per_device, Currency currency);

/// Devices that deliver a known number of output tokens per second.
Bill bill_of_rate(TokensPerSecond output, double gpus, MoneyPerSecond per_device,
                  Currency currency);

}  // namespace roofline
