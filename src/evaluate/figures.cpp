#include "roofline/evaluate/figures.hpp"

#include <algorithm>

namespace roofline {
std::string_view name_of(Basis basis) { return basis_names[static_cast<std::size_t>(basis)]; }

std::optional<Basis> find_basis(std::string_view name) {
    const auto found = std::ranges::find(basis_names, name);
    if (found == basis_names.end()) return std::nullopt;
    return static_cast<Basis>(found - basis_names.begin());
}

Figures figures_of(const Outcome& outcome) {
    Figures figures{.memory = outcome.memory,
                    .gpus = outcome.layout.gpus(),
                    .power = outcome.power,
                    .bill = outcome.bill};
    if (const PhaseOutcome* prompt = outcome.prefill())
        figures.time_to_first_token = prompt->time.total();
    if (const PhaseOutcome* step = outcome.decode()) {
        figures.time_per_token = step->time.total();
        figures.end_to_end = outcome.latency();
        figures.output = step->tokens_per_second;
    }
    return figures;
}

}  // namespace roofline
