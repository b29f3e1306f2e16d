// The devices of the catalog: the page of `hw list`.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/price.hpp"

#include "device_report.hpp"
#include "listing.hpp"

#include <vector>

namespace roofline {

/// By maker, newest first, each with the least that it rents for. Throws E106 for a column that
/// there is none of.
Report device_list_report(const Devices& devices, const std::vector<RentalPrice>& rents,
                          const ListQuestion& question = {});

/// Devices with the word in a name, the maker, the architecture, kind or market.
Devices devices_about(const std::string& word, const Devices& devices);

}  // namespace roofline
