// One device of the catalog: the page of `hw show`.
#pragma once

#include "roofline/catalog/device.hpp"

#include "report/report.hpp"

#include <memory>
#include <string>
#include <vector>

namespace roofline {

using Devices = std::vector<std::shared_ptr<const Device>>;

/// What lists say of a device too.
Record device_summary(const Device& device);

/// Every figure with its source and how far it can be trusted. `asked` is the name that was given.
Report device_report(const Device& device, const std::string& asked);

}  // namespace roofline
