// What a step takes, what a served deployment takes, and that the two do not go together.
#pragma once

#include "roofline/workload/deployment.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace roofline {

/// Whether a question says anything of the field of this name.
using Says = std::function<bool(std::string_view field)>;

/// A field that does not go with the others, and why.
struct LoadConflict {
    std::string_view field;
    std::string message;
    std::string hint;
};

/// A step's batch or context beside a load, a habit without one, or two loads. nullopt where all
/// goes together.
std::optional<LoadConflict> load_conflict(const Says& says);

/// Of a deployment as asked.
std::optional<LoadConflict> load_conflict(const Deployment& asked);

/// Throws E103 for a deployment without a load, which serves nobody.
void require_load(const Deployment& asked);

/// Throws E231 for an encoder: "it serves no answers", or what `it` does not do.
void require_answers(const Deployment& asked, std::string_view it = "serves no answers");

inline constexpr double seconds_per_day = 86400;

/// Tokens of an answer, where none are asked for the default. Throws as complete_service() does.
double answer_tokens(Deployment asked);

/// Requests per second that so many output tokens a day are, evenly over it.
double rate_of_tokens(double tokens_per_day, const Deployment& asked);

/// Throws E105 for a load_conflict().
void refuse_load_conflict(const Deployment& asked);
}  // namespace roofline
