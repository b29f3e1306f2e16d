// What to buy where a device is too small.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include <memory>
#include <vector>

namespace roofline {

/// Devices of the same maker and market with more memory than `device`, in every size that they are
/// sold in, the smallest first, of equals its own. Parses the whole catalog.
std::vector<std::shared_ptr<const Device>> larger_devices(const Device& device, Catalog& catalog);

}  // namespace roofline
