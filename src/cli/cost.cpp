#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/served.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/units/parse.hpp"

#include "calibration_flag.hpp"
#include "deployment_assumptions.hpp"
#include "deployment_derivations.hpp"
#include "deployment_flags.hpp"
#include "deployment_report.hpp"
#include "text/formatted.hpp"

#include <initializer_list>

namespace roofline::cli {
namespace {

[[noreturn]] void no_price(const Deployment& deployment, Session& session) {
    const std::string choices =
        deployment.device == nullptr
            ? std::string()
            : rental_choices(session.catalog.rentals(), deployment.device->id);
    fail(ErrorCode::missing_price, "--price is missing: what does a device cost per hour?",
         choices.empty() ? "write --price '$2.50/h'"
                         : "write --price '$2.50/h', or name a provider:" + choices);
}

std::string verdict_of(const Bill& bill, std::string_view more) {
    const Measure per_1k(bill.per_1k_output(), bill.currency);
    const Measure per_1m(bill.per_1m_output(), bill.currency);
    return formatted("{} per 1K output tokens, {} per 1M{}", humanize(per_1k), humanize(per_1m),
                     more);
}

Row side_row(std::string name, const BillShare& side, Currency currency, double tokens) {
    return {std::move(name), tokens, Share{side.share}, Measure(side.rate, currency),
            Measure(side.per_token, currency)};
}

Table split_table(const Bill& bill, const Deployment& d) {
    std::vector<Row> rows;
    if (bill.input_side) rows.push_back(side_row("input", *bill.input_side, bill.currency, *d.isl));
    if (bill.output_side)
        rows.push_back(side_row("output", *bill.output_side, bill.currency, *d.osl));
    const std::string money(row_of(bill.currency).key);
    return {.title = "Where the money goes, by device time",
            .columns = {{"TOKENS", "kind"},
                        {"PER REQUEST", "tokens_per_request"},
                        {"SHARE", "share"},
                        {"OF THE BILL", money + "_per_hour"},
                        {"PRICE OF ITS OWN", money + "_per_1m_tokens"}},
            .next = rows_of(std::move(rows))};
}

// Hardware and price without a model; the device only where --hw names one.
Deployment priced_hardware(const Arguments& arguments, Session& session) {
    Deployment deployment;
    for (const std::string_view name : {"hw", "price"})
        if (const auto text = arguments.text(name)) set_field(deployment, name, *text, session);
    if (!deployment.price) no_price(deployment, session);
    if (deployment.device == nullptr && !deployment.price->provider.empty())
        fail(ErrorCode::missing_argument,
             formatted("--price {} needs --hw: whose price is meant?", deployment.price->provider),
             "add --hw, or write the price as '$2.50/h'");
    resolve_price(deployment, session.catalog);
    deployment.gpus = deployment.gpus.value_or(1);
    return deployment;
}

std::vector<Column> bill_columns(Currency currency) {
    const std::string money(row_of(currency).key);
    return {{"MODEL", "model", 3, Need::if_room},
            {"HW", "hw", 3, Need::if_room},
            {"DEVICES", "gpus"},
            {"TOKENS/S", "tokens_per_s"},
            {"BILL", money + "_per_hour"},
            {"PER 1K OUTPUT", money + "_per_1k_output_tokens"},
            {"PER 1M OUTPUT", money + "_per_1m_output_tokens"}};
}

Table bill_table(const Bill& bill, const Deployment& d, Audience audience) {
    return {.title = "",
            .columns = bill_columns(bill.currency),
            .next = rows_of(
                {{d.model ? Cell(d.model->id) : Cell(), d.device ? Cell(d.device->id) : Cell(),
                  *d.gpus, bill.output.in(token / second), Measure(bill.rate, bill.currency),
                  Measure(bill.per_1k_output(), bill.currency),
                  Measure(bill.per_1m_output(), bill.currency)}}),
            .audience = audience};
}

// What a model's work and layout would say is said by the rate already.
void refuse_workload_flags(const Arguments& arguments) {
    for (const Field& field : deployment_fields())
        if (field.name != "hw" && field.name != "price" && arguments.has(field.name))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} has no effect beside --tokens-per-s", field.name),
                 "leave it out, or give MODEL instead of --tokens-per-s");
}

AssumptionNote no_idle_time(std::string what) {
    return {.id = "utilization", .text = std::move(what), .value = 1.0, .source = "no idle time"};
}

Answer cost_of_rate(const Arguments& arguments, Session& session) {
    refuse_workload_flags(arguments);
    const double rate = parse_number(*arguments.text("tokens-per-s"), "--tokens-per-s");
    const Deployment deployment = priced_hardware(arguments, session);
    const RentalPrice& price = *deployment.rental;
    const double gpus = *deployment.gpus;
    const Bill bill = bill_of_rate(rate * token / second, gpus, price.rate, price.currency);
    Report report{.command = "cost"};
    report.verdict = verdict_of(bill, formatted(" at {} and {}", humanize(bill.output),
                                                humanize(Measure(bill.rate, bill.currency))));
    report.inputs = inputs_of(deployment);
    report.inputs.add("tokens_per_s", rate);
    report.result.add("cost", cost_record(bill, "given", price));
    report.blocks.emplace_back(bill_table(bill, deployment, Audience::everyone));
    report.derivations.push_back(
        {.path = formatted("result.cost.{}_per_1k_output_tokens", row_of(bill.currency).key),
         .formula = "devices x price / output tokens per second",
         .numbers = formatted(
             "{} x {} / {} = {}", gpus, humanize(Measure(price.rate, price.currency), 4),
             humanize(bill.output, 4), humanize(Measure(bill.per_1k_output(), bill.currency), 4)),
         .source = price.from.source});
    report.assumptions.push_back(no_idle_time("share of every paid hour that delivers this rate"));
    return {.report = std::move(report)};
}

void refuse_flags(const Arguments& arguments, std::initializer_list<std::string_view> flags,
                  std::string_view why, const std::string& hint) {
    for (const std::string_view flag : flags)
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments, formatted("--{} {}", flag, why), hint);
}

Record expected_cost(const ServedOutcome& outcome, const RentalPrice& price) {
    const Bill& bill = *outcome.bill;
    const double per_1m = bill.per_1m_output().in(dollar);
    const std::string key = formatted("{}_per_1m_output_tokens", row_of(bill.currency).key);
    return cost_record(bill, "expected", price)
        .add(key + "_low", per_1m / outcome.band.output.high)
        .add(key + "_high", per_1m / outcome.band.output.low);
}

Text load_text(const ServedOutcome& outcome, const Deployment& d) {
    const auto per_1m_at = [&bill = *outcome.bill](double factor) {
        return humanize(Measure(bill.per_1m_output() / factor, bill.currency));
    };
    return {{formatted("{} · {} · concurrency {} · prompt {} · answer {}", setup_words(d),
                       name_of(*d.engine), humanize_number(*d.concurrency), humanize_number(*d.isl),
                       humanize_number(*d.osl)),
             price_words(*d.rental),
             formatted("eight in ten servers {}: {} to {} per 1M output tokens",
                       outcome.measured ? "like it" : "(not measured, the widest band there is)",
                       per_1m_at(outcome.band.output.high), per_1m_at(outcome.band.output.low))}};
}

// With a load the bill is over what a server is expected to deliver.
Answer cost_of_service(const Deployment& deployment, const Calibration& calibration,
                       Session& session) {
    const FittedEfficiency& fitted = fitted_efficiency();
    const PreparedService service =
        prepare_service(deployment, fitted.values, &fitted, calibration.scales);
    const Prepared& prepared = service.prepared;
    if (!deployment.rental) no_price(deployment, session);
    const Outcome memory = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!memory.memory.fits()) return misfit_answer("cost", prepared, memory, session);
    const ServedOutcome outcome = serve(service, service.load.concurrency);
    const Bill& bill = *outcome.bill;
    const Deployment& d = prepared.deployment;
    Report report{.command = "cost"};
    report.verdict =
        verdict_of(bill, formatted(", prompts included, expected of {} at concurrency {}: {}",
                                   name_of(*d.engine), humanize_number(*d.concurrency),
                                   humanize(bill.output)));
    report.inputs = inputs_of(d);
    report.result.add("cost", expected_cost(outcome, *d.rental))
        .add("memory", memory_record(prepared, memory))
        .add("measured", outcome.measured);
    report.blocks.emplace_back(bill_table(bill, d, Audience::machines));
    report.blocks.emplace_back(load_text(outcome, d));
    report.blocks.emplace_back(split_table(bill, d));
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    std::erase_if(report.assumptions,
                  [](const AssumptionNote& note) { return note.id == "efficiency"; });
    report.assumptions.push_back(expected_note(d));
    name_calibration(calibration, d, report);
    report.assumptions.push_back(no_idle_time("share of every paid hour that has this load"));
    return {.report = std::move(report)};
}

// Without a load the bill is over what the data sheet allows.
Answer cost_of_requests(const Arguments& arguments, const Deployment& deployment,
                        Session& session) {
    const Prepared prepared = prepare(deployment);
    if (!prepared.deployment.model->causal)
        fail(ErrorCode::unknown_path,
             formatted("{} is an encoder: it writes no tokens to be paid for",
                       prepared.deployment.model->id),
             formatted("for the time of one input: roofline analyze {} --hw {}",
                       prepared.deployment.model->id, prepared.deployment.device->id));
    if (!deployment.rental) no_price(deployment, session);
    const Outcome outcome = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!outcome.memory.fits()) return misfit_answer("cost", prepared, outcome, session);
    const Bill& bill = *outcome.bill;
    Report report{.command = "cost"};
    report.verdict = verdict_of(
        bill, formatted(", prompts included, at best: {}, {} of the time for prompts",
                        humanize(bill.output), humanize_percent(bill.input_side->share)));
    report.inputs = inputs_of(prepared.deployment);
    report.result.add("cost", cost_record(bill, "bound", *prepared.deployment.rental))
        .add("memory", memory_record(prepared, outcome))
        .add("metrics", metrics_record(outcome));
    report.warnings = deployment_warnings(prepared, session.assumptions);
    report.blocks.emplace_back(bill_table(bill, prepared.deployment, Audience::machines));
    report.blocks.emplace_back(
        Text{{headline(prepared.deployment), price_words(*deployment.rental)}});
    report.blocks.emplace_back(split_table(bill, prepared.deployment));
    if (arguments.has("explain")) report.derivations = derivations_of(prepared, outcome);
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    report.assumptions.push_back(no_idle_time("share of every paid hour that serves requests"));
    return {.report = std::move(report)};
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
    if (deployment.concurrency) {
        refuse_flags(arguments, {"batch", "context"},
                     "speaks of one step; with --concurrency the steady state finds its own",
                     "leave it out, or leave --concurrency out for the bound of one step");
        return cost_of_service(deployment, calibration_from(arguments), session);
    }
    refuse_flags(arguments, {"engine", "lengths", "poll-steps", "stream-interval", "waves"},
                 "says something with --concurrency only",
                 "add --concurrency, for example --concurrency 64");
    return cost_of_requests(arguments, deployment, session);
}

}  // namespace roofline::cli
