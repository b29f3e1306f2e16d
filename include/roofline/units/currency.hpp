// Currencies a price can be in. A currency is kept as given and never converted.
#pragma once

#include <array>
#include <string_view>

namespace roofline {

enum class Currency { usd, eur, gbp };

struct CurrencyRow {
    Currency currency;
    std::string_view code;    ///< ISO 4217
    std::string_view key;     ///< prefix of JSON keys: "usd" in usd_per_hour
    std::string_view symbol;  ///< what people write
};

inline constexpr std::array currencies{
    CurrencyRow{Currency::usd, "USD", "usd", "$"},
    CurrencyRow{Currency::eur, "EUR", "eur", "€"},
    CurrencyRow{Currency::gbp, "GBP", "gbp", "£"},
};

constexpr const CurrencyRow& row_of(Currency currency) {
    return currencies[static_cast<std::size_t>(currency)];
}

}  // namespace roofline
