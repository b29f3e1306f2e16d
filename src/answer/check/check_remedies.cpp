#include "check_remedies.hpp"

#include "roofline/evaluate/levers.hpp"

#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

// A shorter decode step mends these; a served deployment has no single step to shorten.
bool asks_for_speed(const Check& check) {
    constexpr std::array<std::string_view, 3> timed{"tpot", "e2e", "tokens_per_s"};
    const bool slow = std::ranges::find(timed, check.metric) != timed.end();
    const bool dear = check.metric.starts_with("usd_per_1");
    return check.status == CheckStatus::fail && (slow || dear);
}

std::optional<std::string> what_would_speed_up(const Target& target, const Evaluation& evaluation,
                                               const Session& session) {
    const Prepared prepared = prepare(evaluation.deployment);
    const Outcome now = evaluate(prepared, point_of(prepared), session.assumptions);
    const auto& decode = now.phase(PhaseKind::decode);
    if (!decode) return std::nullopt;
    std::vector<std::string> words;
    for (const Lever& lever : decode_levers(prepared, now, session.assumptions))
        words.push_back(formatted("{} → {}", lever.change,
                                  humanize(lever.outcome.phase(PhaseKind::decode)->time.total())));
    if (words.empty()) return std::nullopt;
    return formatted("A decode step of {} takes {} at best: {}", target.name,
                     humanize(decode->time.total()), joined(words, "  ·  "));
}

}  // namespace

std::string fitting_words(const Evaluation& evaluation, Session& session) {
    const Prepared prepared = prepare(evaluation.deployment);
    std::vector<std::string> words;
    for (const Lever& lever : fitting_levers(prepared, session.assumptions, session.catalog))
        words.push_back(lever.change);
    return words.empty() ? std::string() : "fits with " + join_words(words, "or");
}

std::optional<std::string> remedy_of(const Target& target, const Evaluation& evaluation,
                                     std::span<const Check> checks, Session& session) {
    if (evaluation.standing == Standing::does_not_fit) {
        const std::string words = fitting_words(evaluation, session);
        return words.empty() ? std::nullopt : std::optional(target.name + " " + words);
    }
    const bool wanted = !evaluation.served && std::ranges::any_of(checks, asks_for_speed);
    return wanted ? what_would_speed_up(target, evaluation, session) : std::nullopt;
}

}  // namespace roofline::cli
