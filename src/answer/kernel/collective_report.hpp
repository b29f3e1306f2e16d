// Devices that add up or exchange a buffer: the page of `kernel allreduce`.
#pragma once

#include "kernel/collective_kernel.hpp"
#include "report/report.hpp"

namespace roofline {

Report collective_report(const CollectiveRequest& request,
                         const std::vector<ExpectedKernel>& kernels, const Device& device);

}  // namespace roofline
