// What a device rents for at best.
#pragma once

#include "roofline/catalog/price.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace roofline {

/// The cheapest of what providers ask today for `device` on demand, in dollars; spot and reserved
/// ones apart. nullopt where nobody does.
std::optional<RentalPrice> best_rent(const std::vector<RentalPrice>& rows, std::string_view device);

}  // namespace roofline
