// Amounts of money per something, each with its own currency.
#pragma once

#include "roofline/units/currency.hpp"
#include "roofline/units/quantity.hpp"

namespace roofline {

using MoneyPerJoule = decltype(Money() / (Watts() * Seconds()));

inline constexpr auto joule = watt * second;
inline constexpr auto kilowatt_hour = 1000.0 * watt * hour;
inline constexpr Seconds year = 8760.0 * hour;
inline constexpr Seconds month = year / 12.0;  ///< 730 h

struct MoneyRate {
    MoneyPerSecond rate;
    Currency currency = Currency::usd;
};

struct MoneyAmount {
    Money amount;
    Currency currency = Currency::usd;
};

struct EnergyPrice {
    MoneyPerJoule rate;
    Currency currency = Currency::usd;
};

struct TokenPrice {
    MoneyPerToken rate;
    Currency currency = Currency::usd;
};

}  // namespace roofline
