// Every number that is neither asked for nor in the catalog, with its name and where it comes from.
#pragma once

#include "roofline/units/quantity.hpp"

#include <array>
#include <string_view>

namespace roofline {

struct Assumptions {
    double memory_utilization = 0.90;
    Bytes runtime_reserve = 1.5 * gigabyte;
};

/// How an assumption is named and justified in an answer.
struct AssumptionRow {
    std::string_view id;
    std::string_view text;
    std::string_view source;
};

inline constexpr AssumptionRow memory_utilization_row{
    "memory_utilization", "usable share of the reported memory",
    "the default of vLLM's gpu_memory_utilization"};
inline constexpr AssumptionRow runtime_reserve_row{
    "runtime_reserve", "kept free per GPU for activations and workspace",
    "fitted to served deployments of 1 to 8 GPUs"};

}  // namespace roofline
