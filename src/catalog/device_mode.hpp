// "apple-m4-max:64gb": one of the sizes that a device is sold in, or settings that it runs in.
#pragma once

#include "roofline/catalog/device.hpp"

#include <string_view>

namespace roofline {

/// The device's part of "ID" and "ID:MODE".
std::string_view without_mode(std::string_view name);

/// `device` in its mode of that name, as name_key() compares. Throws UserError (E201) with the
/// modes there are.
Device in_mode(const Device& device, std::string_view name);

}  // namespace roofline
