// `cost`: what tokens cost, of a model on devices or at a rate that is known.
#include "roofline/error/user_error.hpp"
#include "roofline/gate/checks.hpp"

#include "answer/cost/cost_of_rate.hpp"
#include "answer/cost/cost_of_requests.hpp"
#include "answer/cost/cost_of_service.hpp"
#include "answer/deployment/deployment_derivations.hpp"
#include "answer/deployment/typed_command.hpp"
#include "answer/memory/misfit.hpp"
#include "answer/words.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/clock.hpp"
#include "cli/run/session.hpp"
#include "units/parse.hpp"
#include "workload/load_rules.hpp"
#include "workload/money_rules.hpp"

#include <cctype>

namespace roofline::cli {
namespace {

constexpr std::array model_or_none{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one", 0, 1}};
constexpr std::array<FieldWord, 5> fields{FieldPart::shape, FieldPart::server, FieldPart::load,
                                          FieldPart::habit, FieldPart::money};
constexpr Flag tokens_per_s{"tokens-per-s", "N",
                            "output tokens per second of all GPUs, instead of MODEL"};
constexpr Flag compare_api{
    "compare-api", "PRICE",
    "break-even against '$0.60/M out, $0.15/M in', or a name of: roofline prices list"};
constexpr Flag compare_hw{"compare-hw", "H[:MODE][xN]",
                          "break-even price of other devices for the same work"};
constexpr std::array flags{calibration_flag,     tokens_per_s,       compare_api,
                           compare_hw,           max_price_age_flag, tokens_per_day_flag,
                           requests_per_day_flag};

// The device only where --hw names one.
Deployment hardware_of(const Arguments& arguments, Session& session) {
    Deployment hardware;
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field); text && is_about_money(field))
            set_field(hardware, field, *text, session.asking());
    return priced_hardware(std::move(hardware), session.catalog);
}

// What a model's work and layout would say is said by the rate already.
void refuse_workload_flags(const Arguments& arguments) {
    for (const Field& field : deployment_fields())
        if (!is_about_money(field) && arguments.has(field))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} has no effect beside --tokens-per-s", field.name),
                 "leave it out, or give MODEL instead of --tokens-per-s");
    refuse(arguments, {&tokens_per_day_flag, &requests_per_day_flag},
           "is a load of MODEL, and has no effect beside --tokens-per-s",
           "leave it out, or give MODEL instead of --tokens-per-s");
}

std::optional<ApiComparison> api_comparison(const Arguments& arguments, const Bill& bill,
                                            Catalog& catalog) {
    const auto text = arguments.text(compare_api);
    if (!text) return std::nullopt;
    const bool a_name = std::isalpha(static_cast<unsigned char>((*text)[0])) != 0;
    const ApiPrice api =
        a_name ? catalog.api_price(*text) : parse_api_price(*text, label_of(compare_api));
    return ApiComparison{api, break_even(bill, api)};
}

// The same work on what --compare-hw names, which must keep it up.
std::optional<OtherDevices> other_devices(const Arguments& arguments, const Deployment& asked,
                                          const Bill& bill, const Knowledge& knowledge,
                                          Session& session) {
    const auto text = arguments.text(compare_hw);
    if (!text) return std::nullopt;
    Deployment named;
    set_field(named, the_field("hw"), *text, session.asking());
    const Basis basis = is_served(asked) ? Basis::expected : Basis::bound;
    OtherDevices other =
        on_other_devices(bill, asked, {named.device, named.gpus}, basis, knowledge);
    const Evaluation& evaluation = other.evaluation;
    if (evaluation.standing == Standing::does_not_fit)
        fail(row_of(evaluation.standing).code,
             formatted("--compare-hw: {} does not fit on {}", asked.model->id,
                       hardware_words(evaluation.deployment)),
             "name more of them, or larger ones");
    if (const auto fault = standing_fault(evaluation, basis)) throw UserError(*fault);
    return other;
}

Answer rate_answer(const Arguments& arguments, Session& session) {
    refuse_workload_flags(arguments);
    const double rate = parse_number(*arguments.text(tokens_per_s), label_of(tokens_per_s));
    const Deployment hardware = hardware_of(arguments, session);
    const Bill bill = bill_of_rate(rate * token / second, *tariff_of(hardware));
    const BreakEvens evens{.api = api_comparison(arguments, bill, session.catalog), .hardware = {}};
    if (arguments.has(compare_hw))
        fail(ErrorCode::conflicting_arguments,
             "--compare-hw needs MODEL: how fast are those devices?",
             "leave out --tokens-per-s and name the model");
    return {.report = cost_of_rate(hardware, bill, evens, today())};
}

// What says nothing of a deployment without a load.
void refuse_idle_flags(const Arguments& arguments, const Deployment& asked) {
    refuse_load_conflict(asked);
    if (is_served(asked)) return;
    const std::string_view why = "says something of a served deployment only";
    const std::string_view hint = "add --concurrency, for example --concurrency 64";
    refuse(arguments, {&calibration_flag}, why, hint);
}

[[noreturn]] void refuse_overload(const Evaluation& evaluation) {
    Fault fault = *standing_fault(evaluation, Basis::expected);
    Deployment more = as_asked(evaluation.deployment);
    more.replicas = evaluation.open->comfortable_replicas(*evaluation.deployment.replicas);
    more.gpus.reset();
    fault.hint = "with more replicas:";
    fault.next = typed_words("cost", more);
    throw UserError(std::move(fault));
}

Answer model_answer(const Arguments& arguments, const Deployment& asked, Session& session) {
    refuse_idle_flags(arguments, asked);
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge = session.knowledge(calibration.scales);
    LoweredDeployment lowered(asked, knowledge);
    require_answers(asked, "writes no tokens to be paid for");
    require_price(asked, session.catalog);
    const Evaluation evaluation = lowered.evaluate();
    const Prepared& prepared = lowered.prepared();
    if (evaluation.standing == Standing::does_not_fit)
        return {.report = misfit_report("cost", prepared, evaluation,
                                        fitting_levers(prepared, session.catalog)),
                .status = row_of(evaluation.standing).exit};
    if (evaluation.standing == Standing::overloaded) refuse_overload(evaluation);
    const bool served = evaluation.served();
    const Bill& bill = *evaluation.on(served ? Basis::expected : Basis::bound).bill;
    const BreakEvens evens{.api = api_comparison(arguments, bill, session.catalog),
                           .hardware = other_devices(arguments, asked, bill, knowledge, session)};
    const PricedDeployment priced{prepared, evaluation, evens, calibration, today()};
    Report report = served ? cost_of_service(priced) : cost_of_requests(priced);
    if (arguments.has(global::explain) && !served)
        report.derivations = derivations_of(prepared, evaluation.step());
    return {.report = std::move(report)};
}

Answer run(const Arguments& arguments, Session& session) {
    const bool rate_given = arguments.has(tokens_per_s);
    if (rate_given && !arguments.positionals().empty())
        fail(ErrorCode::conflicting_arguments,
             "MODEL and --tokens-per-s are two ways to say how fast it is", "give one of them");
    if (rate_given) return rate_answer(arguments, session);
    if (arguments.positionals().empty())
        fail(ErrorCode::missing_argument, "'cost' needs MODEL and --hw, or --tokens-per-s",
             "for example", "cost llama-3.1-8b --hw h100-sxm --batch 64 --price lambda");
    Deployment asked = deployment_from(arguments, session.asking());
    if (const auto rate = daily_rate(arguments, asked)) asked.rate = rate;
    Answer answer = model_answer(arguments, asked, session);
    if (const auto limit = price_age_from(arguments))
        if (const auto warning = age_warning(*limit, asked, today()))
            answer.report.warnings.push_back(*warning);
    return answer;
}

}  // namespace

extern const Command cost_command;
constinit const Command cost_command{
    .path = "cost",
    .summary = "what tokens cost, from a model on a device or from a known rate",
    .examples =
        "roofline cost llama-3.1-8b --hw h100-sxm --batch 64 --price lambda\n"
        "roofline cost llama-3.1-8b --hw h100-sxm --concurrency 64 --price lambda\n"
        "roofline cost llama-3.1-8b --hw h100-sxm --rate 2 --purchase catalog --power-price "
        "'$0.12/kWh'\n"
        "roofline cost --tokens-per-s 3000 --price '$2/h'",
    .positionals = model_or_none,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
