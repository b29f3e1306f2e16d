// Time into money. One bill per hour, read two ways: over the output tokens, and split between
// input, cached input and output by the device time that each takes.
#pragma once

#include "roofline/cost/tariff.hpp"

#include <optional>

namespace roofline {

/// What one instance does for one request, and how many tokens that is.
struct RequestTime {
    Seconds prefill;  ///< device time of the whole prompt, of its cached part too
    Seconds decode;   ///< device time of all its output tokens, its share of each step
    double input_tokens = 0;
    double output_tokens = 0;
    double cached_tokens = 0;  ///< of the input tokens: those found in the prefix cache
    Seconds cached = {};       ///< of the prefill: what the cached part takes, if any
};

/// One part of the split: its parts of the hourly bill add up to the whole, and its price per token
/// times its tokens, summed over the parts, is the price of a request.
struct BillShare {
    double share = 0;
    double tokens = 0;  ///< of a request
    MoneyPerSecond rate;
    MoneyPerToken per_token;
};

struct Bill {
    Tariff tariff;
    MoneyPerSecond rate;  ///< of all devices
    Currency currency = Currency::usd;
    TokensPerSecond output;          ///< of all devices, while they have the load
    double utilization = 1;          ///< share of a paid hour that they have it
    TokensPerSecond delivered;       ///< over a paid second
    MoneyPerToken per_output_token;  ///< the whole bill over the output tokens
    std::optional<Money> per_request;
    std::optional<BillShare> input_side;
    std::optional<BillShare> cached_side;  ///< unset when nothing was found in the prefix cache
    std::optional<BillShare> output_side;

    /// The whole bill over a thousand output tokens, and over a million.
    Money per_1k_output() const { return per_output_token * (1e3 * token); }
    Money per_1m_output() const { return per_output_token * (1e6 * token); }
    /// The part of the bill that prompts take, over a million of their tokens outside the cache.
    std::optional<Money> per_1m_input() const;
    Money per_month() const { return rate * month; }
    std::optional<double> joules_per_output_token() const;
};

/// Devices that are busy with such requests, one after another, without idling.
Bill bill_of_requests(const RequestTime& request, double replicas, const Tariff& tariff);

/// Devices that deliver `output` with such requests, whose device times split the bill.
Bill bill_of_service(TokensPerSecond output, const RequestTime& request, const Tariff& tariff);

/// Devices that deliver a known number of output tokens per second.
Bill bill_of_rate(TokensPerSecond output, const Tariff& tariff);

/// The same bill, of devices whose output is what arrives: `utilization` of what they could do.
Bill with_idle_share(Bill bill, double utilization);

}  // namespace roofline
