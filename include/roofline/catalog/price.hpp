// Dated prices: prices age, specifications do not.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/units/currency.hpp"
#include "roofline/units/quantity.hpp"

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
    Provenance from;
    std::string file = {};  ///< that was laid over the built-in prices; empty for those
};

inline constexpr std::string_view default_price_mode = "on-demand";

/// "provider/mode" as `--price` takes it: "runpod-secure/on-demand".
std::string price_name(const RentalPrice& price);

/// The latest row of `provider` ("lambda", "coreweave/spot") for the device; of rows of one date
/// the cheapest. Throws UserError (E221) with the device's rows when there is none.
RentalPrice find_rental(const std::vector<RentalPrice>& rows, std::string_view device,
                        std::string_view provider);

/// The device's rows to choose from, one name each, cheapest first, as lines for a message.
std::string rental_choices(const std::vector<RentalPrice>& rows, std::string_view device);

}  // namespace roofline
