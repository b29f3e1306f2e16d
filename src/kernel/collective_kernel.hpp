// Devices that add up or exchange a buffer.
#pragma once

#include "roofline/catalog/serving_engine.hpp"

#include "expected_kernel.hpp"
#include "kernel_time.hpp"

#include <optional>
#include <vector>

namespace roofline {

struct CollectiveRequest {
    Collective operation;
    Bytes bytes;  ///< for gathering, of all parts together
    double devices = 2;
    double joined = 1;                 ///< devices that the link joins
    LinkInUse link;                    ///< among those
    std::optional<LinkInUse> network;  ///< to the others

    CollectiveTraffic traffic() const;
    /// An all-reduce as a ring in each node and then one over nodes, as servers do them; of others
    /// the slower of the two links.
    Seconds bound() const;
    /// The same where switches add up on the way: what no all-reduce is ever below.
    Seconds least() const;
};

/// Throws E105 for one device alone, and where no link joins so many.
CollectiveRequest collective_request(Collective operation, Bytes bytes, double devices,
                                     const Device& device);

/// NCCL, and for an all-reduce the engine's own where one was measured; never below the bound.
std::vector<ExpectedKernel> expected_collectives(const CollectiveRequest& request,
                                                 const Device& device,
                                                 std::optional<ServingEngine> engine);

}  // namespace roofline
