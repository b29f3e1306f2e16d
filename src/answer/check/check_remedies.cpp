#include "check_remedies.hpp"

#include "roofline/evaluate/levers.hpp"

#include "answer/memory/misfit.hpp"
#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

// A shorter decode step mends these; a served deployment has no single step to shorten.
bool asks_for_speed(const Check& check) {
    constexpr std::array<std::string_view, 3> timed{"tpot", "e2e", "tokens_per_s"};
    const bool slow = std::ranges::find(timed, check.metric) != timed.end();
    const bool dear = check.metric.starts_with("usd_per_1");
    return check.status == CheckStatus::fail && (slow || dear);
}

std::optional<std::string> what_would_speed_up(const std::string& target,
                                               const Evaluation& evaluation) {
    const Outcome& now = evaluation.step();
    const PhaseOutcome* step = now.decode();
    if (step == nullptr) return std::nullopt;
    std::vector<std::string> words;
    for (const Lever& lever : decode_levers(prepare(evaluation.deployment), now))
        words.push_back(formatted("{} → {}", lever_words(lever),
                                  humanize(lever.outcome.decode()->time.total())));
    if (words.empty()) return std::nullopt;
    return formatted("A decode step of {} takes {} at best: {}", target,
                     humanize(step->time.total()), joined(words, "  ·  "));
}

}  // namespace

std::optional<std::string> remedy_of(const JudgedTarget& judged, Catalog& catalog) {
    if (!judged.answered.evaluation) return std::nullopt;
    const Evaluation& evaluation = *judged.answered.evaluation;
    const std::string& target = judged.answered.target->name;
    if (evaluation.standing == Standing::does_not_fit) {
        const std::string words =
            fitting_words(fitting_levers(prepare(evaluation.deployment), catalog));
        return words.empty() ? std::nullopt : std::optional(target + " " + words);
    }
    const bool refused = std::ranges::any_of(
        judged.checks, [](const Check& check) { return check.error == ErrorCode::does_not_fit; });
    if (refused) {  // it may not start
        std::vector<std::string> words;
        for (const Lever& lever : starting_levers(prepare(evaluation.deployment)))
            words.push_back(lever_words(lever));
        if (words.empty()) return std::nullopt;
        return formatted("{} starts with {}", target, join_words(words, "or"));
    }
    const bool wanted = !evaluation.served() && std::ranges::any_of(judged.checks, asks_for_speed);
    return wanted ? what_would_speed_up(target, evaluation) : std::nullopt;
}

}  // namespace roofline
