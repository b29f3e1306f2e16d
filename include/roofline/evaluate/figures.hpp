// What the metric table speaks of, of one deployment on one basis.
#pragma once

#include "roofline/cost/bill.hpp"
#include "roofline/engine/memory.hpp"
#include "roofline/evaluate/outcome.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace roofline {

/// What a figure is: allowed by the data sheet, expected from measurements, or the bad end of the
/// band that eight in ten measurements lie in.
enum class Basis { bound, expected, pessimistic };
inline constexpr std::array<std::string_view, 3> basis_names{"bound", "expected", "pessimistic"};
inline constexpr std::size_t basis_count = basis_names.size();
std::string_view name_of(Basis basis);
std::optional<Basis> find_basis(std::string_view name);

/// Unset: the deployment does not answer it.
struct Figures {
    std::optional<Seconds> time_to_first_token;
    std::optional<Seconds> time_per_token;
    std::optional<Seconds> end_to_end;
    std::optional<TokensPerSecond> output;  ///< of all GPUs
    MemoryLedger memory;                    ///< of the fullest GPU; unset: nothing is usable
    double gpus = 1;
    std::optional<Watts> power;  ///< of all GPUs, nominal
    std::optional<Bill> bill;
};

/// The bound of a step, phases as they are.
Figures figures_of(const Outcome& outcome);

}  // namespace roofline
