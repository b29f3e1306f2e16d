#include "expected_kernel.hpp"

namespace roofline {

Expectation expected_of(const PlacedKernel& placed, std::optional<Seconds> time,
                        ExpectedKernel rest) {
    if (!time) return {.kernel = {}, .why_not = "the device lacks the arithmetic"};
    rest.time = std::max(*time, placed.bound_time());
    return {.kernel = std::move(rest), .why_not = {}};
}

}  // namespace roofline
