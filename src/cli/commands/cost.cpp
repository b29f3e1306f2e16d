#include "roofline/error/user_error.hpp"

#include "answer/cost/cost_blocks.hpp"
#include "answer/cost/cost_break_even.hpp"
#include "answer/cost/cost_of_model.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/deployment_flags.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"
#include "workload/load_rules.hpp"

namespace roofline::cli {
namespace {

// Fields that say something without a model: what is paid, and for which hardware.
bool is_about_money(const Field& field) {
    return field.part == FieldPart::money || field.kind == FieldKind::device;
}

// The device only where --hw names one.
Deployment priced_hardware(const Arguments& arguments, Session& session) {
    Deployment deployment;
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field.name); text && is_about_money(field))
            set_field(deployment, field.name, *text, session);
    if (!deployment.price && !deployment.purchase) no_price(deployment, session);
    const bool by_provider = deployment.price && !deployment.price->provider.empty();
    const bool by_catalog = deployment.purchase && !deployment.purchase->name.empty();
    if (deployment.device == nullptr && (by_provider || by_catalog))
        fail(ErrorCode::missing_argument,
             by_provider ? formatted("--price {} needs --hw: whose price is meant?",
                                     deployment.price->provider)
                         : std::string("--purchase catalog needs --hw: whose price is meant?"),
             "add --hw, or write the price as '$2.50/h'");
    resolve_price(deployment, session.catalog);
    deployment.gpus = deployment.gpus.value_or(1);
    complete_money(deployment);
    return deployment;
}

// What a model's work and layout would say is said by the rate already.
void refuse_workload_flags(const Arguments& arguments) {
    for (const Field& field : deployment_fields())
        if (!is_about_money(field) && arguments.has(field.name))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} has no effect beside --tokens-per-s", field.name),
                 "leave it out, or give MODEL instead of --tokens-per-s");
}

Derivation rate_derivation(const Bill& bill, const Deployment& d) {
    const auto money = [&](auto amount) { return humanize(Measure(amount, bill.currency), 4); };
    return {.path = formatted("result.cost.{}_per_1k_output_tokens", row_of(bill.currency).key),
            .formula = "bill per hour / (utilization x output tokens per second)",
            .numbers = formatted("{} / ({} x {}) = {}", money(bill.rate), bill.utilization,
                                 humanize(bill.output, 4), money(bill.per_1k_output())),
            .source = d.rental ? d.rental->from.source : d.bought->from.source};
}

Answer cost_of_rate(const Arguments& arguments, Session& session) {
    refuse_workload_flags(arguments);
    const double rate = parse_number(*arguments.text("tokens-per-s"), "--tokens-per-s");
    const Deployment deployment = priced_hardware(arguments, session);
    const Bill bill = bill_of_rate(rate * token / second, *tariff_of(deployment));
    Report report{.command = "cost"};
    report.verdict = verdict_of(bill, formatted(" at {} and {}", humanize(bill.output),
                                                humanize(Measure(bill.rate, bill.currency))));
    report.inputs = inputs_of(deployment);
    report.inputs.add("tokens_per_s", rate);
    report.result.add("cost", cost_record(bill, "given", deployment));
    report.blocks.emplace_back(bill_table(bill, deployment, Audience::everyone));
    if (auto lines = bill_lines(bill); !lines.empty())
        report.blocks.emplace_back(Text{std::move(lines)});
    add_break_even(arguments, bill, deployment, {}, session, report);
    report.derivations.push_back(rate_derivation(bill, deployment));
    report.assumptions.push_back(utilization_note(bill, deployment, "delivers this rate"));
    return {.report = std::move(report)};
}

Answer cost_of_model(const Arguments& arguments, const Deployment& deployment, Session& session) {
    refuse_load_conflict(deployment);
    if (is_served(deployment)) return cost_of_service(arguments, deployment, session);
    for (const std::string_view flag : {"engine", "calibration"})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} says something of a served deployment only", flag),
                 "add --concurrency, for example --concurrency 64");
    return cost_of_requests(arguments, deployment, session);
}

}  // namespace

Answer run_cost(const Arguments& arguments, Session& session) {
    const bool rate_given = arguments.has("tokens-per-s");
    if (rate_given && !arguments.positionals().empty())
        fail(ErrorCode::conflicting_arguments,
             "MODEL and --tokens-per-s are two ways to say how fast it is", "give one of them");
    if (rate_given) return cost_of_rate(arguments, session);
    if (arguments.positionals().empty())
        fail(ErrorCode::missing_argument, "'cost' needs MODEL and --hw, or --tokens-per-s",
             "for example roofline cost llama-3.1-8b --hw h100 --price lambda");
    const Deployment deployment = deployment_from(arguments, session);
    Answer answer = cost_of_model(arguments, deployment, session);
    judge_price_age(arguments, deployment, answer.report);
    return answer;
}

}  // namespace roofline::cli
