// The routed experts of one layer: both products of each, activation between.
#pragma once

#include "roofline/catalog/serving_engine.hpp"

#include "expected_kernel.hpp"
#include "kernel_time.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace roofline {

/// How tokens choose experts: independently, or as evenly as can be.
enum class Routing { random, balanced };
inline constexpr std::array<std::string_view, 2> routing_names{"random", "balanced"};
constexpr std::string_view name_of(Routing routing) {
    return routing_names[static_cast<std::size_t>(routing)];
}

struct ExpertsRequest {
    ExpertsShape shape;
    Routing routing = Routing::random;
    WeightFormat format = WeightFormat::bf16;

    /// Experts of one rank that have a token.
    double touched() const;
};

/// Throws UserError for what does not fit together: E105, E110.
void check(const ExpertsRequest& request);

/// Weights of the experts that have a token, and the tokens in and out, each once.
Kernel experts_kernel(const ExpertsRequest& request);

/// The arithmetic that multiplies `format` here: its own where the device has it, else the widest.
Precision arithmetic_for(WeightFormat format, const Device& device);

/// Of the library of `engine`, or of any that was measured.
Expectation expected_experts(const ExpertsRequest& request, const PlacedKernel& placed,
                             const Device& device, std::optional<ServingEngine> engine);

}  // namespace roofline
