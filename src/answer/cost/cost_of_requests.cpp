#include "roofline/error/user_error.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_derivations.hpp"
#include "answer/words.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cost_blocks.hpp"
#include "cost_break_even.hpp"
#include "cost_of_model.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

void refuse_encoder(const Deployment& d) {
    if (d.model->causal) return;
    fail(ErrorCode::unknown_path,
         formatted("{} is an encoder: it writes no tokens to be paid for", d.model->id),
         formatted("for the time of one input: roofline analyze {} --hw {}", d.model->id,
                   d.device->id));
}

Bill bill_of_requests(const Deployment& deployment, const Assumptions& assumptions) {
    const Prepared prepared = prepare(deployment);
    const Outcome outcome = evaluate(prepared, point_of(prepared), assumptions);
    require_room(prepared, outcome);
    return *outcome.bill;
}

}  // namespace

void no_price(const Deployment& deployment, Session& session) {
    const std::string choices =
        deployment.device == nullptr
            ? std::string()
            : rental_choices(session.catalog.rentals(), deployment.device->id);
    const std::string given = "write --price '$2.50/h', buy with --purchase '$30000'";
    fail(ErrorCode::missing_price, "--price is missing: what does a device cost per hour?",
         choices.empty() ? "write --price '$2.50/h', or buy: --purchase '$30000'"
                         : given + ", or name a provider:" + choices);
}

bool is_priced(const Deployment& deployment) { return deployment.rental || deployment.bought; }

void require_room(const Prepared& prepared, const Outcome& memory) {
    if (!memory.memory.fits())
        fail(ErrorCode::does_not_fit,
             formatted("--compare-hw: {} does not fit on {}", prepared.deployment.model->id,
                       hardware_words(prepared.deployment)),
             "name more of them, or larger ones");
}

Answer cost_of_requests(const Arguments& arguments, const Deployment& deployment,
                        Session& session) {
    const Prepared prepared = prepare(deployment);
    const Deployment& d = prepared.deployment;
    refuse_encoder(d);
    if (!is_priced(d)) no_price(deployment, session);
    const Outcome outcome = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!outcome.memory.fits()) return misfit_answer("cost", prepared, outcome, session);
    const Bill& bill = *outcome.bill;
    Report report{.command = "cost"};
    report.verdict = verdict_of(
        bill, formatted(", prompts included, at best: {}, {} of the time for prompts",
                        humanize(bill.output), humanize_percent(bill.input_side->share)));
    report.inputs = inputs_of(d);
    report.result.add("cost", cost_record(bill, "bound", d))
        .add("memory", memory_record(prepared, outcome))
        .add("metrics", metrics_record(outcome));
    report.warnings = deployment_warnings(prepared, session.assumptions);
    report.blocks.emplace_back(bill_table(bill, d, Audience::machines));
    report.blocks.emplace_back(Text{{headline(d), price_words(d) + age_words(price_date(d))}});
    report.blocks.emplace_back(Text{bill_lines(bill)});
    report.blocks.emplace_back(split_table(bill));
    const auto other_bill = [&](const Deployment& other) {
        return bill_of_requests(other, session.assumptions);
    };
    add_break_even(arguments, bill, deployment, other_bill, session, report);
    if (arguments.has("explain")) report.derivations = derivations_of(prepared, outcome);
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    report.assumptions.push_back(utilization_note(bill, d, "serves requests"));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
