#include "roofline/error/user_error.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/units/parse.hpp"

#include "cost_blocks.hpp"
#include "cost_break_even.hpp"
#include "cost_of_model.hpp"
#include "cost_report.hpp"
#include "deployment_flags.hpp"
#include "price_age.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace roofline::cli {
namespace {

// The fields that say something without a model: what is paid, and for which hardware.
constexpr std::array<std::string_view, 8> money_fields{
    "hw", "price", "utilization", "purchase", "life", "power-price", "power", "pue"};

// The device only where --hw names one.
Deployment priced_hardware(const Arguments& arguments, Session& session) {
    Deployment deployment;
    for (const std::string_view name : money_fields)
        if (const auto text = arguments.text(name)) set_field(deployment, name, *text, session);
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
        if (std::ranges::find(money_fields, field.name) == money_fields.end() &&
            arguments.has(field.name))
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

void refuse_flags(const Arguments& arguments, std::span<const std::string_view> flags,
                  std::string_view why, const std::string& hint) {
    for (const std::string_view flag : flags)
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments, formatted("--{} {}", flag, why), hint);
}

Answer cost_of_model(const Arguments& arguments, const Deployment& deployment, Session& session) {
    if (deployment.concurrency || deployment.rate) {
        refuse_flags(arguments, std::array<std::string_view, 2>{"batch", "context"},
                     "speaks of one step; with a load the steady state finds its own",
                     "leave it out, or leave --concurrency out for the bound of one step");
        return cost_of_service(arguments, deployment, session);
    }
    constexpr std::string_view why = "says something with --concurrency only";
    const std::string hint = "add --concurrency, for example --concurrency 64";
    refuse_flags(arguments, std::array<std::string_view, 2>{"engine", "calibration"}, why, hint);
    refuse_flags(arguments, served_habits, why, hint);
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
