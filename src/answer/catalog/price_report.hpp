// Prices of the catalog: the page of `prices list`.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include "report/report.hpp"

#include <string>

namespace roofline {

/// Of one device, without those of APIs, unless `device` is empty.
Report price_report(const PriceRows& prices, const std::string& device);

}  // namespace roofline
