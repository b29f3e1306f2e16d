// Text of a user into numbers: `4k 16GiB 3.35TB/s 400Gb/s 20ms $2.50/h 85%`. Every function throws
// UserError with a message that names what was read (`name`: "--batch", "max") and what to write.
#pragma once

#include "roofline/units/money.hpp"
#include "roofline/units/quantity.hpp"

#include <string_view>

namespace roofline {

/// A whole number from 1 up; k, M, B are powers of 1000, Ki and Mi of 1024.
double parse_count(std::string_view text, std::string_view name);

/// Tokens: a whole number from 1 up; k and M are 1024 and 1024², the habit of model names (128k).
double parse_length(std::string_view text, std::string_view name);

/// A share from 0 to 1: "85%" or "0.85".
double parse_fraction(std::string_view text, std::string_view name);

/// "90d", "12w": days. Throws E121 without a unit.
double parse_days(std::string_view text, std::string_view name);

/// A positive number without unit.
double parse_number(std::string_view text, std::string_view name);

/// A positive base-unit value of dimension `wanted`; the unit is required.
double parse_with_unit(std::string_view text, Dimension wanted, std::string_view name);

/// A positive quantity; the unit is required ("20 what?").
template <typename Q>
Q parse_quantity(std::string_view text, std::string_view name) {
    return parse_with_unit(text, Q::dimension, name) * Q::base_unit();
}

/// "$2.95/h", "2.95", "2.95 USD/h", "€1.10/h": money per device and hour, in its own currency.
MoneyRate parse_money_rate(std::string_view text, std::string_view name);

/// "$30000", "30k USD": an amount of money.
MoneyAmount parse_money(std::string_view text, std::string_view name);

/// "$0.12/kWh": the price of energy.
EnergyPrice parse_energy_price(std::string_view text, std::string_view name);

/// "$0.60/M", "$0.0006/1K": the price of tokens.
TokenPrice parse_token_price(std::string_view text, std::string_view name);

}  // namespace roofline
