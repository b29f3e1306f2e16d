// The expected time of one kernel, and what it rests on.
#pragma once

#include "catalog/kernel_efficiency.hpp"
#include "placed_kernel.hpp"

#include <optional>
#include <string>
#include <variant>
namespace roofline {

/// Of a link's rate, what collectives reach.
struct LinkShare {
    double share = 1;
};

struct ExpectedKernel {
    Seconds time;
    KernelEvidence evidence;
    std::string what;  ///< "bf16 products"
    /// Shares of peak and bandwidth and a fixed time, or the share of a link.
    std::variant<RoofShares, LinkShare> losses;
    std::string kernel;  ///< that was measured, where it has a name
    std::string source;
};

/// Or why there is none.
struct Expectation {
    std::optional<ExpectedKernel> kernel;
    std::string why_not;
};

/// `time` of an efficiency, never below the bound; without one the device lacks the arithmetic.
Expectation expected_of(const PlacedKernel& placed, std::optional<Seconds> time,
                        ExpectedKernel rest);

}  // namespace roofline
