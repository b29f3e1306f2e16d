#include "experts_kernel.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <cmath>

namespace roofline {
namespace {

constexpr double matrices = 3;
constexpr double row_bytes = 2;  // of a token in and out

}  // namespace

double ExpertsRequest::touched() const {
    return routing == Routing::balanced ? shape.touched_evenly() : shape.touched_at_random();
}

void check(const ExpertsRequest& request) {
    const ExpertsShape& s = request.shape;
    if (s.active > s.experts)
        fail(ErrorCode::conflicting_arguments,
             formatted("`active {}` is more than `experts {}`", s.active, s.experts),
             "`active` counts the experts of one token");
    if (std::fmod(s.experts, s.expert_parallel) != 0)
        fail(ErrorCode::does_not_divide,
             formatted("`ep {}` does not divide `experts {}`", s.expert_parallel, s.experts),
             "every rank holds as many experts");
    if (std::fmod(s.width, s.tensor_parallel) != 0)
        fail(ErrorCode::does_not_divide,
             formatted("`tp {}` does not divide `intermediate {}`", s.tensor_parallel, s.width),
             "every rank holds as much of each expert");
}

Kernel experts_kernel(const ExpertsRequest& request) {
    const ExpertsShape& s = request.shape;
    const double one = matrices * s.hidden * s.inner();
    return {.name = "experts",
            .flops = 2 * s.rows() * one * flop,
            .bytes = (request.touched() * one * bytes_per_weight(request.format) +
                      2 * std::min(s.tokens, s.rows()) * s.hidden * row_bytes) *
                     byte};
}

Precision arithmetic_for(WeightFormat format, const Device& device) {
    const WeightFormatRow& row = row_of(format);
    const bool native = row.multiplies_as && row.needs && device.peak(*row.needs) != nullptr &&
                        device.peak(*row.multiplies_as) != nullptr;
    return native ? *row.multiplies_as : wide_precision(device);
}

Expectation expected_experts(const ExpertsRequest& request, const PlacedKernel& placed,
                             const Device& device, std::optional<ServingEngine> engine) {
    const ExpertsEfficiency* e =
        experts_efficiencies().of(device, request.format, request.shape.expert_parallel, engine);
    if (e == nullptr)
        return {.kernel = {},
                .why_not = formatted("experts in {} were not measured on {}",
                                     name_of(request.format), device.id)};
    return expected_of(placed, experts_time(request.shape, request.touched(), *e, device),
                       {.time = {},
                        .evidence = e->evidence,
                        .what = formatted("{} expert layers", name_of(e->format)),
                        .losses = e->roof,
                        .kernel = e->evidence.kernel,
                        .source = experts_efficiencies().source});
}

}  // namespace roofline
