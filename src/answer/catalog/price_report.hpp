// Prices of the catalog: the page of `prices list`.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include "listing.hpp"
#include "report/report.hpp"

#include <string>

namespace roofline {

/// Of one device, without those of APIs, unless `device` is empty. A word chooses by device,
/// provider, mode, item and model. Throws E106 for a column that renting has not.
Report price_report(const PriceRows& prices, const std::string& device,
                    const ListQuestion& question = {});

}  // namespace roofline
