// Devices of the catalog: the pages of `hw list` and `hw show`.
#pragma once

#include "roofline/catalog/device.hpp"

#include "report/report.hpp"

#include <memory>
#include <string>
#include <vector>

namespace roofline {

using Devices = std::vector<std::shared_ptr<const Device>>;

/// `about`: the word that they were chosen by, if any.
Report device_list_report(const Devices& devices, const std::string& about = "");

/// Those with `word` in a name, the maker, the architecture, the kind or the market.
Devices devices_about(const std::string& word, const Devices& devices);

/// Every figure with its source and how far it can be trusted. `asked` is the name that was given.
Report device_report(const Device& device, const std::string& asked);

}  // namespace roofline
