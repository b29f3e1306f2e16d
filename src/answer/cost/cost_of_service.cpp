#include "cost_of_service.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/load_words.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "answer/deployment/service_warnings.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "answer/memory/memory_report.hpp"
#include "answer/words.hpp"
#include "cost_blocks.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Record expected_cost(const Bill& bill, const ServedOutcome& outcome, const Deployment& d) {
    Record record = cost_record(bill, "expected", d);
    const double per_1m = bill.per_1m_output().in(dollar);
    const std::string key = formatted("{}_per_1m_output_tokens", row_of(bill.currency).key);
    const bool arriving = d.rate.has_value();
    const auto bound = [&](double factor) { return arriving ? Value() : Value(per_1m / factor); };
    return record.add(key + "_low", bound(outcome.band.output.high))
        .add(key + "_high", bound(outcome.band.output.low));
}

Text load_text(const Bill& bill, const ServedOutcome& outcome, const Deployment& d, Day today) {
    const auto per_1m_at = [&](double factor) {
        return humanize(Measure(bill.per_1m_output() / factor, bill.currency));
    };
    const std::string load = load_words(d);
    Text text{{formatted("{} · {} · {} · prompt {} · answer {}", setup_words(d), name_of(*d.engine),
                         load, humanize_number(*d.isl), humanize_number(*d.osl)),
               price_words(d) + age_words(price_date(d), today)}};
    // What arrives is what leaves, however fast the devices are.
    if (!d.rate)
        text.lines.push_back(
            formatted("eight in ten servers {}: {} to {} per 1M output tokens",
                      outcome.measured ? "like it" : "(not measured, the widest band there is)",
                      per_1m_at(outcome.band.output.high), per_1m_at(outcome.band.output.low)));
    return text;
}

std::string service_verdict(const Bill& bill, const Deployment& d) {
    const std::string load = load_words(d);
    return verdict_of(bill, formatted(", prompts included, expected of {} at {}: {}",
                                      name_of(*d.engine), load, humanize(bill.delivered)));
}

// Those of a bound, but for its efficiencies.
std::vector<AssumptionNote> assumptions_of(const PricedDeployment& priced) {
    const Prepared& prepared = priced.prepared;
    std::vector<AssumptionNote> notes = memory_assumptions(prepared);
    append(capacity_assumptions(*prepared.deployment.device), notes);
    append(routing_assumptions(*prepared.deployment.model), notes);
    append(work_assumptions(prepared), notes);
    notes.push_back(expected_note(prepared.deployment));
    return notes;
}

}  // namespace

Report cost_of_service(const PricedDeployment& priced) {
    const auto& [prepared, evaluation, evens, calibration, today] = priced;
    const Deployment& d = prepared.deployment;
    const ServedOutcome& outcome = evaluation.service();
    const Bill& bill = *evaluation.on(Basis::expected).bill;
    Report report{.command = "cost", .verdict = service_verdict(bill, d)};
    if (evaluation.users) report.verdict += users_words(*evaluation.users, *d.replicas);
    if (const std::string queue = queue_words(evaluation); !queue.empty())
        report.verdict += "; " + queue;
    report.inputs = inputs_of(d);
    report.result.add("cost", expected_cost(bill, outcome, d))
        .add("memory", memory_record(prepared, evaluation.on(Basis::expected).memory))
        .add("measured", outcome.measured)
        .add("requests", evaluation.requests())
        .add("waiting", evaluation.waiting())
        .add("users", evaluation.users ? Value(users_record(*evaluation.users)) : Value());
    report.blocks.emplace_back(bill_table(bill, d, Audience::machines));
    report.blocks.emplace_back(load_text(bill, outcome, d, today));
    report.blocks.emplace_back(Text{bill_lines(bill)});
    report.blocks.emplace_back(split_table(bill));
    if (!evens.empty()) {
        report.result.add("break_even", break_even_record(evens, bill));
        report.blocks.emplace_back(break_even_text(evens, bill, today));
    }
    report.warnings = service_warnings(prepared, evaluation);
    report.assumptions = assumptions_of(priced);
    name_calibration(calibration, d, report);
    report.assumptions.push_back(utilization_note(bill, d, "has this load"));
    return report;
}

}  // namespace roofline
