#include "plan_words.hpp"

#include "answer/deployment/typed_command.hpp"
#include "answer/words.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::string figure_words(const Metric& metric, const PointAnswer& answer) {
    const auto figure = answer.figure(metric);
    return figure ? words_of(measure_of(metric, *figure)) : std::string("unknown");
}

}  // namespace

std::string hardware_of(const PlanCandidate& candidate) {
    return counted(layout_of(candidate.deployment).gpus(), candidate.deployment.device->id);
}

Measure measure_of(const Metric& metric, double figure) { return {figure, metric.dimension}; }

std::string level_words(const ServiceLevel& level) {
    return formatted("{} {} {}", level.metric->noun,
                     level.metric->better == Better::lower ? "≤" : "≥",
                     words_of(measure_of(*level.metric, level.limit)));
}

std::string promise_words(const PlanCandidate& candidate, const PlanQuestion& question) {
    std::vector<std::string> parts;
    for (const ServiceLevel& level : question.levels)
        parts.push_back(formatted("{} {} (limit {})", level.metric->name,
                                  figure_words(*level.metric, candidate.answer),
                                  words_of(measure_of(*level.metric, level.limit))));
    return joined(parts, ", ");
}

bool any_narrowed(const std::vector<PlanCandidate>& shown) {
    return std::ranges::any_of(shown, [](const PlanCandidate& candidate) {
        return *candidate.deployment.weights != candidate.deployment.model->published.name;
    });
}

// "; 2.89 of 4 requests wait for a place"
std::string queue_of(const PointAnswer& answer) {
    const std::string words = queue_words(answer.waiting.value_or(0), answer.requests.value_or(0));
    return words.empty() ? words : "; " + words;
}

std::string best_words(const PlanCandidate& best, const PlanQuestion& question) {
    return formatted("best: {}, {}, {}: {}, {}", hardware_of(best),
                     layout_words(layout_of(best.deployment)), name_of(*best.deployment.weights),
                     words_of(question.objective, best.objective), promise_words(best, question)) +
           queue_of(best.answer) + (best.doubtful ? "; it may not start" : "");
}

std::string doubt_of(const PlanCandidate& candidate) {
    const Prepared prepared = prepare(candidate.deployment);
    return formatted("{} {}", hardware_of(candidate),
                     doubt_words(prepared.deployment, memory_of(prepared)));
}

std::string relaxation_words(const Relaxation& one, const PlanQuestion& question) {
    const ServiceLevel& level = question.levels[one.level];
    return formatted("{} to {} ({} past {}): {}, {}, {}", level.metric->noun,
                     figure_words(*level.metric, one.candidate.answer),
                     humanize_percent(one.candidate.excess),
                     words_of(measure_of(*level.metric, level.limit)), hardware_of(one.candidate),
                     layout_words(layout_of(one.candidate.deployment)),
                     name_of(*one.candidate.deployment.weights));
}

std::string counts_words(const AskedPlan& asked, const Plan& plan) {
    std::array<std::uint64_t, fate_rows.size()> sums = {};
    std::uint64_t beaten = 0;
    for (const DeviceTrial& trial : plan.trials) {
        beaten += trial.left_out;
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += trial.fates[i];
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (sums[i] > 0)
            parts.push_back(formatted("{} {}", humanize_number(static_cast<double>(sums[i])),
                                      fate_rows[i].words));
    if (beaten > 0)
        parts.push_back(formatted("{} cannot beat another of their count",
                                  humanize_number(static_cast<double>(beaten))));
    return formatted("tried {} deployments on {} device{}: {}",
                     humanize_number(static_cast<double>(plan.tried())),
                     asked.question.devices.size(), asked.question.devices.size() == 1 ? "" : "s",
                     joined(parts, ", "));
}

std::string unpriced_words(std::vector<std::string> ids) {
    constexpr std::size_t most_named = 8;
    const std::size_t count = ids.size();
    if (count > most_named) {
        ids.resize(most_named);
        ids.emplace_back("…");
    }
    return formatted("left out for want of a price: {} device{} ({}); --price gives them one",
                     count, count == 1 ? "" : "s", joined(ids, ", "));
}

std::string command_of(const PlanCandidate& candidate, std::string_view other_flags) {
    Deployment d = candidate.deployment;
    d.gpus.reset();  // the layout says it
    const bool only_cost_bills = d.purchase || d.utilization;
    return typed_command(only_cost_bills ? "cost" : "estimate", d) + std::string(other_flags);
}

}  // namespace roofline
