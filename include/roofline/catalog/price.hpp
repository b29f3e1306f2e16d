// Dated prices: prices age, specifications do not.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/units/currency.hpp"
#include "roofline/units/quantity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What a provider asks for one device and hour; host included unless the note says otherwise.
struct RentalPrice {
    std::string provider;
    std::string device;  ///< catalog id
    std::string mode;    ///< on-demand, spot, reserved, capacity-block, market …
    MoneyPerSecond rate;
    Currency currency = Currency::usd;
    std::string date;  ///< ISO 8601, as exact as known: "2026-11-09", "2024-12", "2025"
    std::string sku;
    std::string region;
    std::optional<double> machine = {};  ///< devices that are rented together and joined
    Provenance from;
    std::string file = {};  ///< that was laid over the built-in prices; empty for those
};

/// What a device, or its share of a kit, costs to buy.
struct PurchasePrice {
    std::string device;  ///< catalog id
    std::string item;    ///< what is sold: "DGX Spark", "Jetson AGX Orin 64GB module (1k)"
    Money amount;
    Currency currency = Currency::usd;
    std::string date;
    Provenance from;
    std::string file = {};
};

/// What an API asks for tokens.
struct ApiPrice {
    std::string provider;
    std::string model;
    std::optional<MoneyPerToken> input = {};
    std::optional<MoneyPerToken> cached_input = {};  ///< found in the prefix cache
    MoneyPerToken output;
    Currency currency = Currency::usd;
    std::string date;
    Provenance from;
    std::string file = {};
};

/// Everything that files of prices hold.
struct PriceRows {
    std::vector<RentalPrice> rental;
    std::vector<PurchasePrice> purchase;
    std::vector<ApiPrice> api;
};

inline constexpr std::string_view default_price_mode = "on-demand";

/// "provider/mode" as `--price` takes it: "runpod-secure/on-demand".
std::string price_name(const RentalPrice& price);

/// The latest row of `provider` ("lambda", "coreweave/spot") for the device; of rows of one date
/// the cheapest; a row of the user's own before all of the catalog. Throws UserError (E221) with
/// the device's rows when there is none.
RentalPrice find_rental(const std::vector<RentalPrice>& rows, std::string_view device,
                        std::string_view provider);

/// The row for buying the device, chosen like one for renting it. Throws UserError (E221).
PurchasePrice find_purchase(const std::vector<PurchasePrice>& rows, std::string_view device);

/// "groq/llama-3.3-70b-versatile": the latest row. Throws UserError (E221) with the nearest names.
ApiPrice find_api_price(const std::vector<ApiPrice>& rows, std::string_view name);

/// "$0.60/M out, $0.15/M in, $0.05/M cached": each at most once, and output always. Throws
/// UserError.
ApiPrice parse_api_price(std::string_view text, std::string_view label);

/// The device's rows to choose from, one name each, cheapest first, as lines for a message.
std::string rental_choices(const std::vector<RentalPrice>& rows, std::string_view device);

}  // namespace roofline
