#include "service_warnings.hpp"

#include "answer/memory/memory_assumptions.hpp"
#include "catalog/known_bias.hpp"
#include "deployment_assumptions.hpp"
#include "error/suggest.hpp"
#include "evaluate/standing_words.hpp"
#include "serving/habits.hpp"
#include "text/formatted.hpp"

#include <utility>

namespace roofline {
namespace {

// What of a deployment no measured row has.
std::string unmeasured_words(const Deployment& d) {
    const Load load = load_of(d);
    std::vector<std::string> unmeasured;
    if (d.rate) unmeasured.emplace_back("arrivals at a rate");
    if (layout_of(d).tensor_far() > 1) unmeasured.emplace_back("layers split across nodes");
    if (d.eager.value_or(false)) unmeasured.emplace_back("steps without CUDA graphs");
    for (const Habit& habit : habits())
        if (habit.in_use != nullptr && habit.in_use(load))
            unmeasured.emplace_back(habit.unmeasured);
    if (unmeasured.empty()) return formatted("{} on {} was", name_of(*d.engine), d.device->id);
    const bool several = d.rate || layout_of(d).tensor_far() > 1 || d.eager.value_or(false);
    const bool one = unmeasured.size() == 1 && !several;
    return formatted("{} {}", join_words(unmeasured, "and"), one ? "was" : "were");
}

}  // namespace

WarningNote unmeasured_warning(const Deployment& d) {
    std::string words =
        formatted("{} not measured: the band is the widest there is", unmeasured_words(d));
    for (const std::string& bias : known_biases(d.engine->program, *d.device)) words += "; " + bias;
    return {"W302", std::move(words)};
}

std::vector<WarningNote> service_warnings(const Prepared& prepared, const Evaluation& evaluation) {
    std::vector<WarningNote> warnings;
    const Deployment& d = evaluation.deployment;
    if (evaluation.memory.starts() == Starts::marginal)
        warnings.push_back(doubt_warning(prepared, evaluation.memory));
    append(node_warnings(prepared), warnings);
    if (!evaluation.settled()) warnings.push_back({"W301", std::string(unsettled_words)});
    if (auto queue = queue_words(evaluation); !queue.empty())
        warnings.push_back({"W307", std::move(queue)});
    if (!evaluation.measured) warnings.push_back(unmeasured_warning(d));
    return warnings;
}

}  // namespace roofline
