#include "roofline/evaluate/crossover.hpp"

#include "answer/compare/compare_blocks.hpp"
#include "answer/compare/compare_saved.hpp"
#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/basis_flag.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

// Empty: every metric.
std::vector<const Metric*> metrics_from(const Arguments& arguments) {
    std::vector<const Metric*> chosen;
    const auto text = arguments.text("metric");
    if (!text) return chosen;
    for (const std::string& id : split_list(*text, "--metric"))
        chosen.push_back(&metric_named(id, "--metric"));
    return chosen;
}

std::optional<Currency> currency_of(const Deployment& d) {
    if (d.bought) return d.bought->currency;
    return d.rental ? std::optional(d.rental->currency) : std::nullopt;
}

void refuse_two_currencies(const std::vector<Compared>& all) {
    const Compared* first = nullptr;
    for (const Compared& compared : all) {
        const auto currency = currency_of(compared.scenario.deployment);
        if (!currency) continue;
        if (first == nullptr) first = &compared;
        const Currency before = *currency_of(first->scenario.deployment);
        if (before != *currency)
            fail(ErrorCode::two_currencies,
                 formatted("'{}' is paid in {} and '{}' in {}", first->scenario.name,
                           row_of(before).code, compared.scenario.name, row_of(*currency).code),
                 "a currency is kept and never converted: write both in one");
    }
}

Compared compared(Scenario scenario, const Knowledge& knowledge) {
    Evaluation evaluation = evaluate(scenario.deployment, knowledge);
    const Deployment& d = evaluation.deployment;
    const Prepared prepared = prepare(d);
    const double sequences =
        evaluation.open ? evaluation.open->concurrency : d.concurrency.value_or(*d.batch);
    Compared result{
        .scenario = std::move(scenario),
        .evaluation = std::move(evaluation),
        .memory_batch = batch_beyond_memory(prepared),
        .cache_context = context_beyond_weights(prepared, sequences, knowledge.assumptions)};
    return result;
}

// Money where both are paid for, else tokens per second.
const Delta* main_delta(const std::vector<Delta>& deltas) {
    for (const Metric* metric : {&the_metric("usd_per_1m_output"), &the_metric("tokens_per_s"),
                                 &the_metric("tpot"), &the_metric("ttft")}) {
        const auto found = std::ranges::find(deltas, metric, &Delta::metric);
        if (found != deltas.end() && found->from && found->to) return &*found;
    }
    return nullptr;
}

Comparison compare(const Compared& base, const Compared& other, Basis basis,
                   const std::vector<const Metric*>& chosen, const Knowledge& knowledge) {
    Comparison result{.base = &base,
                      .other = &other,
                      .deltas = deltas(base.evaluation.on(basis), other.evaluation.on(basis)),
                      .parts = time_parts(base.evaluation, other.evaluation, knowledge)};
    if (!chosen.empty())
        std::erase_if(result.deltas, [&](const Delta& delta) {
            return std::ranges::find(chosen, delta.metric) == chosen.end();
        });
    result.main = main_delta(result.deltas);
    const Deployment& from = base.scenario.deployment;
    const Deployment& to = other.scenario.deployment;
    if (result.main != nullptr)
        result.reversals = reversals(from, to, *result.main, basis, knowledge);
    result.price_ratio = break_even_ratio(from, to, basis, knowledge);
    const auto& bill = base.evaluation.on(basis).bill;
    if (bill && result.price_ratio)
        result.price = Measure(*result.price_ratio * bill->rate / base.evaluation.on(basis).gpus,
                               bill->currency);
    return result;
}

struct Judged {
    int worse = 0;
    int figures = 0;
};

Judged judge(const std::vector<Comparison>& comparisons, double most_worse) {
    Judged judged;
    for (const Comparison& comparison : comparisons)
        for (const Delta& delta : comparison.deltas) {
            if (!delta.from) continue;
            ++judged.figures;
            const auto worse = delta.worse_by();
            if (!delta.to || (worse && *worse > most_worse)) ++judged.worse;
        }
    return judged;
}

// What --fail-over cannot hold against anything, and what it holds against something else.
void warn_of_unjudged(const std::vector<Comparison>& comparisons, Report& report) {
    for (const Comparison& comparison : comparisons) {
        const auto warn = [&](std::string message) {
            report.warnings.push_back({"W142", std::move(message)});
        };
        const std::string& base = comparison.base->scenario.name;
        const std::string& other = comparison.other->scenario.name;
        std::vector<std::string> unjudged;
        for (const Delta& delta : comparison.deltas)
            if (!delta.from) unjudged.emplace_back(delta.metric->id);
        if (!unjudged.empty())
            warn(formatted("--fail-over does not judge {} of '{}': '{}' has none",
                           join_words(unjudged, "and"), other, base));
        if (comparison.base->evaluation.served != comparison.other->evaluation.served)
            warn(
                formatted("'{}' and '{}' are a step and a served deployment: give both a "
                          "concurrency, or neither",
                          base, other));
    }
}

std::string standing_words(const Compared& compared) {
    return formatted("'{}' {}", compared.scenario.name, row_of(compared.evaluation.standing).words);
}

std::string main_words(const Comparison& comparison) {
    if (comparison.main == nullptr) return "no figure that both answer";
    const Delta& delta = *comparison.main;
    const auto worse = delta.worse_by();
    if (!worse || *worse == 0) return formatted("{} is the same", delta.metric->id);
    std::string words = formatted("{} {}, {}", delta.metric->id, change_words(*delta.change()),
                                  *worse > 0 ? "worse" : "better");
    if (comparison.price_ratio)
        words += formatted("; it breaks even at {} x the price per device",
                           humanize_number(*comparison.price_ratio, 4));
    return words;
}

std::string verdict_of(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                       const std::optional<std::string>& limit, const Judged& judged) {
    const auto fallen = std::ranges::find_if(
        all, [](const Compared& one) { return one.evaluation.standing != Standing::stands; });
    if (fallen != all.end()) return standing_words(*fallen);
    if (limit)
        return formatted("{} of {} figures worse by more than {} than {}", judged.worse,
                         judged.figures, *limit, all.front().scenario.name);
    if (comparisons.size() == 1) return main_words(comparisons.front());
    return formatted("{} scenarios against {}", comparisons.size(), all.front().scenario.name);
}

Exit status_of(const std::vector<Compared>& all, bool limited, const Judged& judged) {
    for (const Compared& one : all)
        if (one.evaluation.standing != Standing::stands)
            return row_of(one.evaluation.standing).exit;
    return limited && judged.worse > 0 ? Exit::negative : Exit::ok;
}

// What is asked for by name and not answered must not pass for unchanged.
void require_answers(const std::vector<Compared>& all, const std::vector<const Metric*>& chosen,
                     Basis basis) {
    for (const Compared& compared : all)
        for (const Metric* metric : chosen)
            if (compared.evaluation.standing == Standing::stands &&
                !metric->get(compared.evaluation.on(basis)))
                fail(ErrorCode::unknown_path,
                     formatted("'{}' does not answer {}", compared.scenario.name, metric->id),
                     metric->dimension == dimension::money
                         ? "give every scenario a price in dollars: price='$2.50/h'"
                         : "leave it out of --metric");
}

}  // namespace

Answer run_compare(const Arguments& arguments, Session& session) {
    const Basis basis = basis_from(arguments);
    const std::vector<const Metric*> chosen = metrics_from(arguments);
    const auto limit = arguments.text("fail-over");
    const double most_worse = limit ? parse_fraction(*limit, "--fail-over") : 0;
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge{.assumptions = session.assumptions, .scales = calibration.scales};
    Report report{.command = "compare", .marker = "roofline:compare"};
    std::vector<Compared> all;
    for (const std::string& text : arguments.positionals()) {
        all.push_back(compared(read_scenario(text, session), knowledge));
        judge_price_age(arguments, all.back().evaluation.deployment, report);
        std::ranges::move(outdated_figures(all.back().scenario, all.back().evaluation),
                          std::back_inserter(report.warnings));
    }
    refuse_two_currencies(all);
    require_answers(all, chosen, basis);
    std::vector<Comparison> comparisons;
    for (std::size_t i = 1; i < all.size(); ++i)
        comparisons.push_back(compare(all.front(), all[i], basis, chosen, knowledge));
    if (limit) warn_of_unjudged(comparisons, report);
    const Judged judged = judge(comparisons, most_worse);
    report.verdict = verdict_of(all, comparisons, limit, judged);
    add_comparisons(all, comparisons, basis, limit ? std::optional(most_worse) : std::nullopt,
                    report);
    return {.report = std::move(report), .status = status_of(all, limit.has_value(), judged)};
}

}  // namespace roofline::cli
