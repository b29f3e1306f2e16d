// --dtype and --level into a precision and a level of one device: what `ridge` and `kernel` share.
#pragma once

#include "roofline/engine/roof.hpp"

#include "command.hpp"

namespace roofline::cli {

/// `text`, or the device's widest 16-bit arithmetic without it. Throws E106, E401.
Precision precision_of(const std::optional<std::string>& text, const Device& device);

/// The roof of `precision` over the level called `level`. Throws E106; E231 when the catalog does
/// not hold the level's bandwidth.
Ridge ridge_from(const Device& device, Precision precision, std::string_view level);

/// The roof that --dtype and --level name.
Ridge roof_from(const Arguments& arguments, const Device& device);

}  // namespace roofline::cli
