// One kernel under the roof of one device: the pages of `kernel work | gemm | attention | moe`.
#pragma once

#include "kernel/attention_kernel.hpp"
#include "kernel/experts_kernel.hpp"
#include "kernel/gemm_kernel.hpp"
#include "report/report.hpp"

#include <optional>

namespace roofline {

Report work_report(const PlacedKernel& placed, const Device& device);

Report gemm_report(const GemmRequest& request, const PlacedKernel& placed, const Device& device,
                   const Expectation& expectation);

/// `naive` is not of latents.
struct PlacedAttention {
    AttentionRequest request;
    PlacedKernel best;
    std::optional<PlacedKernel> naive;
};
Report attention_report(const PlacedAttention& attention, const Device& device,
                        const Expectation& expectation);

Report experts_report(const ExpertsRequest& request, const PlacedKernel& placed,
                      const Device& device, const Expectation& expectation);

}  // namespace roofline
