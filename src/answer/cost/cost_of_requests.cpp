#include "cost_of_requests.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "answer/figure_cells.hpp"
#include "answer/memory/memory_report.hpp"
#include "answer/words.hpp"
#include "cost_blocks.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {

Report cost_of_requests(const PricedDeployment& priced) {
    const auto& [prepared, evaluation, evens, calibration, today] = priced;
    const Deployment& d = prepared.deployment;
    const Bill& best = *evaluation.on(Basis::bound).bill;
    const auto& expected = evaluation.on(Basis::expected).bill;
    const Bill& bill = expected ? *expected : best;
    Report report{.command = "cost"};
    report.verdict = verdict_of(
        bill, formatted(", prompts included, {}: {}, {} of the time for prompts",
                        expected ? formatted("expected ({} per 1M at best)",
                                             humanize(Measure(best.per_1m_output(), best.currency)))
                                 : std::string("at best"),
                        humanize(bill.output), humanize_percent(bill.input_side->share)));
    report.inputs = inputs_of(d);
    report.result.add("cost", cost_record(best, "bound", d))
        .add("expected_cost", expected ? Value(cost_record(*expected, "expected", d)) : Value())
        .add("memory", memory_record(prepared, evaluation.memory))
        .add("metrics", metrics_record(evaluation.on(Basis::bound)));
    report.blocks.emplace_back(bill_table(best, d, Audience::machines));
    report.blocks.emplace_back(
        Text{{headline(d), price_words(d) + age_words(price_date(d), today)}});
    report.blocks.emplace_back(Text{bill_lines(bill)});
    report.blocks.emplace_back(split_table(bill));
    if (!evens.empty()) {
        report.result.add("break_even", break_even_record(evens, best));
        Text text = break_even_text(evens, best, today);
        if (expected) text.lines.insert(text.lines.begin(), "Of the bill at best:");
        report.blocks.emplace_back(std::move(text));
    }
    report.warnings = deployment_warnings(prepared);
    report.assumptions = bound_assumptions(prepared);
    if (expected) report.assumptions.push_back(expected_note(d));
    report.assumptions.push_back(utilization_note(bill, d, "serves requests"));
    return report;
}

}  // namespace roofline
