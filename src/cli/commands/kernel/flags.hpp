// Flags that the kernel commands read alike.
#pragma once

#include "roofline/catalog/serving_engine.hpp"

#include "cli/line/arguments.hpp"

#include <optional>

namespace roofline::cli {

inline constexpr Flag library_flag{"engine", "NAME",
                                   "whose library expected times are of [any that was measured]"};
/// Throws E106.
std::optional<ServingEngine> engine_from(const Arguments& arguments);

inline constexpr Flag operands_flag{"dtype", "PRECISION",
                                    "arithmetic and operands [the device's 16-bit]"};

}  // namespace roofline::cli
