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

Written read_money(std::string_view text, std::string_view name) {
    std::string_view rest = trim(text);
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
        if (!unit.starts_with(row.code)) continue;
        by_code = row.currency;
        unit = trim(unit.substr(row.code.size()));
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

// The number times the factor of its unit, which must be one of those.
double amount_of(const Written& written, const MoneyUnits& known, std::string_view text,
                 std::string_view name) {
    const auto unit = std::ranges::find(known.units, written.unit, &Per::unit);
    if (unit == known.units.end())
        fail(ErrorCode::missing_unit, formatted("{}: '{}' is not {}", name, trim(text), known.what),
             formatted("write it like '{}'", known.example));
    return positive(written.number, text, name) * unit->factor;
}

}  // namespace

MoneyRate parse_money_rate(std::string_view text, std::string_view name) {
    constexpr std::array per_hour{Per{"", 1}, Per{"/h", 1}, Per{"/hr", 1}, Per{"/hour", 1}};
    const Written written = read_money(text, name);
    const double number =
        amount_of(written, {per_hour, "a price per device and hour", "$2.50/h"}, text, name);
    return {.rate = number * dollar / hour, .currency = written.currency};
}

MoneyAmount parse_money(std::string_view text, std::string_view name) {
    constexpr std::array thousands{Per{"", 1}, Per{"k", 1e3}, Per{"K", 1e3}, Per{"M", 1e6}};
    const Written written = read_money(text, name);
    const double number =
        amount_of(written, {thousands, "an amount of money", "$30000"}, text, name);
    return {.amount = number * dollar, .currency = written.currency};
}

EnergyPrice parse_energy_price(std::string_view text, std::string_view name) {
    constexpr std::array per_energy{Per{"/kWh", 1}, Per{"/MWh", 1e-3}};
    const Written written = read_money(text, name);
    const double number =
        amount_of(written, {per_energy, "a price of energy", "$0.12/kWh"}, text, name);
    return {.rate = number * dollar / kilowatt_hour, .currency = written.currency};
}

TokenPrice parse_token_price(std::string_view text, std::string_view name) {
    constexpr std::array per_tokens{Per{"/M", 1e-6}, Per{"/1M", 1e-6}, Per{"/1M tokens", 1e-6},
                                    Per{"/K", 1e-3}, Per{"/1K", 1e-3}, Per{"/1K tokens", 1e-3}};
    const Written written = read_money(text, name);
    const double number =
        amount_of(written, {per_tokens, "a price of tokens", "$0.60/M"}, text, name);
    return {.rate = number * dollar / token, .currency = written.currency};
}

}  // namespace roofline
