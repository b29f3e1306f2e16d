#include "roofline/error/user_error.hpp"

#include "parse.hpp"
#include "split_number.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace roofline {

using units::positive;
using units::Split;
using units::split_number;
using units::trim;

namespace {

struct Written {
    double number;
    Currency currency;
    std::string_view unit;  ///< what stands behind number and currency
};

// "USD/h" and "k USD": the code stands before what it is a price of, or at the end.
std::string_view without_code(std::string_view unit, std::string_view code) {
    if (unit.starts_with(code)) return trim(unit.substr(code.size()));
    if (unit.ends_with(code)) return trim(unit.substr(0, unit.size() - code.size()));
    return unit;
}

Written read_money(std::string_view text, std::string_view name, std::string_view example) {
    std::string_view rest = trim(text);
    if (rest.find_first_of("0123456789") == std::string_view::npos)
        fail(ErrorCode::bad_number, formatted("{}: '{}' holds no amount", name, rest),
             formatted("write it like '{}'", example));
    std::optional<Currency> by_symbol;
    for (const CurrencyRow& row : currencies) {
        if (!rest.starts_with(row.symbol)) continue;
        by_symbol = row.currency;
        rest.remove_prefix(row.symbol.size());
        break;
    }
    const Split split = split_number(rest, name);
    std::string_view unit = split.unit;
    std::optional<Currency> by_code;
    for (const CurrencyRow& row : currencies) {
        const std::string_view rest_of_unit = without_code(unit, row.code);
        if (rest_of_unit.size() == unit.size()) continue;
        by_code = row.currency;
        unit = rest_of_unit;
        break;
    }
    if (by_symbol && by_code && *by_symbol != *by_code)
        fail(ErrorCode::bad_number, formatted("{}: '{}' names two currencies", name, trim(text)));
    return {split.number, by_symbol.value_or(by_code.value_or(Currency::usd)), unit};
}

struct Per {
    std::string_view unit;
    double factor;
};

/// What may stand behind an amount, and how to say so.
struct MoneyUnits {
    std::span<const Per> units;
    std::string_view what;
    std::string_view example;
};

struct Amount {
    double number;
    Currency currency;
};

// The number times the factor of its unit, which must be one of those.
Amount amount_in(std::string_view text, std::string_view name, const MoneyUnits& known) {
    const Written written = read_money(text, name, known.example);
    const auto unit = std::ranges::find(known.units, written.unit, &Per::unit);
    if (unit == known.units.end())
        fail(ErrorCode::missing_unit, formatted("{}: '{}' is not {}", name, trim(text), known.what),
             formatted("write it like '{}'", known.example));
    return {positive(written.number, text, name) * unit->factor, written.currency};
}

}  // namespace

MoneyRate parse_money_rate(std::string_view text, std::string_view name) {
    constexpr std::array per_hour{Per{"", 1}, Per{"/h", 1}, Per{"/hr", 1}, Per{"/hour", 1}};
    const auto [number, currency] =
        amount_in(text, name, {per_hour, "a price per device and hour", "$2.50/h"});
    return {.rate = number * dollar / hour, .currency = currency};
}

MoneyAmount parse_money(std::string_view text, std::string_view name) {
    constexpr std::array thousands{Per{"", 1}, Per{"k", 1e3}, Per{"K", 1e3}, Per{"M", 1e6}};
    const auto [number, currency] =
        amount_in(text, name, {thousands, "an amount of money", "$30000"});
    return {.amount = number * dollar, .currency = currency};
}

EnergyPrice parse_energy_price(std::string_view text, std::string_view name) {
    constexpr std::array per_energy{Per{"/kWh", 1}, Per{"/MWh", 1e-3}};
    const auto [number, currency] =
        amount_in(text, name, {per_energy, "a price of energy", "$0.12/kWh"});
    return {.rate = number * dollar / kilowatt_hour, .currency = currency};
}

TokenPrice parse_token_price(std::string_view text, std::string_view name) {
    constexpr std::array per_tokens{Per{"/M", 1e-6}, Per{"/1M", 1e-6}, Per{"/1M tokens", 1e-6},
                                    Per{"/K", 1e-3}, Per{"/1K", 1e-3}, Per{"/1K tokens", 1e-3}};
    const auto [number, currency] =
        amount_in(text, name, {per_tokens, "a price of tokens", "$0.60/M"});
    return {.rate = number * dollar / token, .currency = currency};
}

}  // namespace roofline
