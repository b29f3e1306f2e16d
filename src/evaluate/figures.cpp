#include "roofline/evaluate/figures.hpp"

#include <algorithm>

namespace roofline {
std::string_view name_of(Basis basis) { return basis_names[static_cast<std::size_t>(basis)]; }

std::optional<Basis> find_basis(std::string_view name) {
    const auto found = std::ranges::find(basis_names, name);
    if (found == basis_names.end()) return std::nullopt;
    return static_cast<Basis>(found - basis_names.begin());
}

// The first token comes with the prefill.
Figures figures_of(const Outcome& outcome) {
    Figures figures{.memory = outcome.memory,
                    .gpus = outcome.layout.gpus(),
                    .power = outcome.power,
                    .bill = outcome.bill};
    if (const auto& prefill = outcome.phase(PhaseKind::prefill))
        figures.time_to_first_token = prefill->time.total();
    if (const auto& decode = outcome.phase(PhaseKind::decode)) {
        figures.time_per_token = decode->time.total();
        figures.end_to_end =
            *figures.time_to_first_token + (outcome.osl - 1) * *figures.time_per_token;
        figures.output = decode->tokens_per_second;
    }
    return figures;
}

}  // namespace roofline
