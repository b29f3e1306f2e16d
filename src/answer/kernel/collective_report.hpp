// Devices that add up or exchange a buffer: the page of `kernel allreduce`.
#pragma once

#include "kernel/collective_kernel.hpp"
#include "report/report.hpp"

namespace roofline {

struct CollectiveAnswer {
    CollectiveRequest request;
    std::vector<ExpectedKernel> kernels;
    std::optional<Seconds> in_one_node;  ///< the bound there, where one would hold so many
};

Report collective_report(const CollectiveAnswer& answer, const Device& device);

}  // namespace roofline
