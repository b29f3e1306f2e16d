// `compare`: deployments side by side.
#include "roofline/error/user_error.hpp"

#include "answer/compare/compare_report.hpp"
#include "answer/compare/compare_saved.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/clock.hpp"
#include "cli/run/session.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <iterator>

namespace roofline::cli {
namespace {

constexpr std::array scenarios{Positional{
    "SCENARIO", "'MODEL@HW name=value ...' or a saved JSON answer; the first is the baseline", 2,
    100}};
constexpr Flag metric_flag{"metric", "ID,...", "which figures [all that are answered]"};
constexpr Flag fail_over{"fail-over", "SHARE",
                         "exit 1 when a figure is worse than the baseline's by more: 5%"};
constexpr std::array flags{calibration_flag, basis_flag, metric_flag, fail_over,
                           max_price_age_flag};

// Empty: every metric.
std::vector<const Metric*> metrics_from(const Arguments& arguments) {
    std::vector<const Metric*> chosen;
    for (const std::string& id : arguments.list(metric_flag))
        chosen.push_back(&metric_named(id, label_of(metric_flag)));
    return chosen;
}

std::optional<FailOver> limit_from(const Arguments& arguments) {
    const auto text = arguments.text(fail_over);
    if (!text) return std::nullopt;
    return FailOver{parse_fraction(*text, label_of(fail_over)), *text};
}

/// Scenarios and their answers, and what is to be said of them whatever they are compared in.
struct Asked {
    std::vector<Compared> all;
    std::vector<WarningNote> warnings;
};

Asked asked_from(const Arguments& arguments, const Knowledge& knowledge, Session& session) {
    Asked asked;
    const auto limit = price_age_from(arguments);
    for (const std::string& text : arguments.positionals()) {
        const Scenario scenario = read_scenario(text, session.asking());
        asked.all.push_back(compared(scenario.name, scenario.deployment, knowledge));
        const Evaluation& evaluation = asked.all.back().evaluation;
        if (limit)
            if (const auto warning = age_warning(*limit, evaluation.deployment, today()))
                asked.warnings.push_back(*warning);
        std::ranges::move(outdated_figures(scenario, evaluation),
                          std::back_inserter(asked.warnings));
    }
    return asked;
}

Answer run(const Arguments& arguments, Session& session) {
    const Basis basis = basis_from(arguments);
    const std::vector<const Metric*> chosen = metrics_from(arguments);
    const std::optional<FailOver> limit = limit_from(arguments);
    const Knowledge knowledge = session.knowledge(calibration_from(arguments).scales);
    auto [all, warnings] = asked_from(arguments, knowledge, session);
    refuse_two_currencies(all);
    refuse_unanswered(all, chosen, basis);
    std::vector<Comparison> comparisons;
    for (std::size_t i = 1; i < all.size(); ++i)
        comparisons.push_back(compare(all.front(), all[i], basis, chosen, knowledge));
    Report report = compare_report(all, comparisons, basis, limit);
    report.warnings.insert(report.warnings.begin(), warnings.begin(), warnings.end());
    const auto most_worse = limit ? std::optional(limit->share) : std::nullopt;
    return {.report = std::move(report),
            .status = exit_status(all, comparisons, basis, most_worse)};
}

}  // namespace

extern const Command compare_command;
constinit const Command compare_command{
    .path = "compare",
    .summary = "deployments side by side: what changed, why, and where they break even",
    .examples =
        "roofline compare 'llama-3.1-70b@h100-sxmx2 concurrency=4' "
        "'llama-3.1-70b@b200x2 concurrency=4'\n"
        "roofline compare base.json head.json --fail-over 5% --format md",
    .positionals = scenarios,
    .flags = flags,
    .run = run,
    .dialect = Dialect::scenario};

}  // namespace roofline::cli
