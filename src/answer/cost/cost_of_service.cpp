#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/open_loop.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/words.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cost_blocks.hpp"
#include "cost_break_even.hpp"
#include "cost_of_model.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <cmath>

namespace roofline::cli {
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

Text load_text(const Bill& bill, const ServedOutcome& outcome, const Deployment& d) {
    const auto per_1m_at = [&](double factor) {
        return humanize(Measure(bill.per_1m_output() / factor, bill.currency));
    };
    const std::string load = d.rate ? formatted("{} requests/s", humanize_number(*d.rate))
                                    : "concurrency " + humanize_number(*d.concurrency);
    Text text{{formatted("{} · {} · {} · prompt {} · answer {}", setup_words(d), name_of(*d.engine),
                         load, humanize_number(*d.isl), humanize_number(*d.osl)),
               price_words(d) + age_words(price_date(d))}};
    // What arrives is what leaves, however fast the devices are.
    if (!d.rate)
        text.lines.push_back(
            formatted("eight in ten servers {}: {} to {} per 1M output tokens",
                      outcome.measured ? "like it" : "(not measured, the widest band there is)",
                      per_1m_at(outcome.band.output.high), per_1m_at(outcome.band.output.low)));
    return text;
}

struct BilledService {
    ServedOutcome outcome;
    Bill bill;
};

// The bill over what a server is expected to deliver under its load.
BilledService billed(const PreparedService& service) {
    const Deployment& d = service.prepared.deployment;
    if (!d.rate) {
        ServedOutcome outcome = serve(service, service.load.concurrency);
        const Bill bill = *outcome.bill;
        return {.outcome = std::move(outcome), .bill = bill};
    }
    const OpenLoop open = open_loop(service, *d.rate);
    if (!open.keeps_up())
        fail(ErrorCode::does_not_fit,
             formatted("{} cannot keep up with --rate {}: {} requests/s is its capacity",
                       hardware_words(d), humanize_number(*d.rate), humanize_number(open.capacity)),
             formatted("add --replicas {}, or more devices",
                       std::ceil(*d.replicas * open.utilization / 0.8)));
    ServedOutcome outcome = serve(service, open.concurrency);
    Bill bill = with_idle_share(*outcome.bill, open.utilization);
    return {.outcome = std::move(outcome), .bill = bill};
}

PreparedService service_of(const Deployment& deployment, const Calibration& calibration) {
    const FittedEfficiency& fitted = fitted_efficiency();
    return prepare_service(deployment, fitted.values, &fitted, calibration.scales);
}

Bill bill_of_service(const Deployment& deployment, const Calibration& calibration,
                     const Assumptions& assumptions) {
    const PreparedService service = service_of(deployment, calibration);
    require_room(service.prepared,
                 evaluate(service.prepared, point_of(service.prepared), assumptions));
    return billed(service).bill;
}

std::string service_verdict(const Bill& bill, const Deployment& d) {
    const std::string load = d.rate ? humanize_number(*d.rate) + " requests/s"
                                    : "concurrency " + humanize_number(*d.concurrency);
    return verdict_of(bill, formatted(", prompts included, expected of {} at {}: {}",
                                      name_of(*d.engine), load, humanize(bill.delivered())));
}

}  // namespace

Answer cost_of_service(const Arguments& arguments, const Deployment& deployment, Session& session) {
    const Calibration calibration = calibration_from(arguments);
    const PreparedService service = service_of(deployment, calibration);
    const Prepared& prepared = service.prepared;
    if (!is_priced(deployment)) no_price(deployment, session);
    const Outcome memory = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!memory.memory.fits()) return misfit_answer("cost", prepared, memory, session);
    const auto [outcome, bill] = billed(service);
    const Deployment& d = prepared.deployment;
    Report report{.command = "cost", .verdict = service_verdict(bill, d)};
    report.inputs = inputs_of(d);
    report.result.add("cost", expected_cost(bill, outcome, d))
        .add("memory", memory_record(prepared, memory))
        .add("measured", outcome.measured);
    report.blocks.emplace_back(bill_table(bill, d, Audience::machines));
    report.blocks.emplace_back(load_text(bill, outcome, d));
    report.blocks.emplace_back(Text{bill_lines(bill)});
    report.blocks.emplace_back(split_table(bill));
    const auto other_bill = [&](const Deployment& other) {
        return bill_of_service(other, calibration, session.assumptions);
    };
    add_break_even(arguments, bill, deployment, other_bill, session, report);
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    std::erase_if(report.assumptions,
                  [](const AssumptionNote& note) { return note.id == "efficiency"; });
    report.assumptions.push_back(expected_note(d));
    name_calibration(calibration, d, report);
    report.assumptions.push_back(utilization_note(bill, d, "has this load"));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
