// `plan`: which deployment keeps what was promised, and does so best.
#include "roofline/error/user_error.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/plan/plan_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/clock.hpp"
#include "cli/run/session.hpp"
#include "units/parse.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

constexpr std::array<FieldWord, 16> fields{FieldPart::money,
                                           FieldPart::server,
                                           "hw",
                                           "quant",
                                           "dtype",
                                           "kv-dtype",
                                           "isl",
                                           "osl",
                                           "engine",
                                           "rate",
                                           "lengths",
                                           "poll-steps",
                                           "stream-interval",
                                           "prefix-hit",
                                           "draft-tokens",
                                           "acceptance"};
constexpr Flag slo{"slo", "ID=LIMIT,...", "what must be kept: ttft=500ms,tpot=25ms"};
constexpr Flag concurrency{"concurrency", "N", "requests in flight, shared out among replicas"};
constexpr Flag objective{.name = "objective",
                         .value = "WHAT",
                         .help = "{}: the least of it is best [cost]",
                         .choices = objective_names};
constexpr Flag max_gpus{"max-gpus", "N", "in all [16, and on to 1024 where so many hold nothing]"};
constexpr Flag top{"top", "N", "plans to show [5]"};
constexpr std::array flags{
    slo,      concurrency, tokens_per_day_flag, requests_per_day_flag, objective,
    max_gpus, top,         basis_flag,          calibration_flag,      threads_flag};

std::vector<WeightFormat> formats_from(const Arguments& arguments, Catalog& catalog) {
    const Field& quant = the_field("quant");
    std::vector<WeightFormat> formats;
    for (const std::string& one : arguments.list(quant))
        formats.push_back(
            std::get<WeightFormat>(parse_field(quant, one, label_of(quant), catalog)));
    return formats;
}

std::vector<std::shared_ptr<const Device>> devices_from(const Arguments& arguments,
                                                        Session& session) {
    const Field& hw = the_field("hw");
    if (!arguments.has(hw)) return session.catalog.all_devices();
    std::vector<std::shared_ptr<const Device>> devices;
    for (const std::string& one : arguments.list(hw)) {
        Deployment d;
        set_field(d, hw, one, session.asking());
        if (d.gpus)
            fail(ErrorCode::conflicting_arguments,
                 formatted("--hw {}: a plan finds the count itself", one),
                 formatted("write --hw {} --max-gpus {}", d.device->id, *d.gpus));
        const bool again = std::ranges::find(devices, d.device) != devices.end();
        if (!again) devices.push_back(d.device);
    }
    return devices;
}

Deployment base_from(const Arguments& arguments, const Asking& asking) {
    Deployment base;
    set_field(base, the_field("model"), arguments.positionals()[0], asking);
    for (const Arguments::Given& given : arguments.flags()) {
        const Field* field = find_field(given.name);
        const bool searched = field != nullptr && (field->kind == FieldKind::device ||
                                                   field->kind == FieldKind::weight_format);
        if (field != nullptr && !searched) set_field(base, *field, given.value, asking);
    }
    require_answers(base);
    return base;
}

AskedPlan plan_from(const Arguments& arguments, Session& session) {
    AskedPlan asked;
    PlanQuestion& question = asked.question;
    const auto levels = arguments.text(slo);
    if (!levels)
        fail(ErrorCode::missing_argument, "--slo is missing: what must be kept?",
             "for example --slo ttft=500ms,tpot=25ms");
    question.levels = parse_service_levels(*levels, label_of(slo));
    asked.base = base_from(arguments, session.asking());
    if (arguments.has(tokens_per_day_flag))
        asked.tokens_per_day =
            parse_count(*arguments.text(tokens_per_day_flag), label_of(tokens_per_day_flag));
    if (arguments.has(requests_per_day_flag)) asked.base.rate = daily_rate(arguments, asked.base);
    take_load(asked);
    question.objective = static_cast<Objective>(arguments.choice(objective, 0));
    question.formats = formats_from(arguments, session.catalog);
    question.widens = !arguments.has(max_gpus);
    question.most_gpus = flag_or(arguments, max_gpus, parse_count, question.most_gpus);
    refuse_beyond_search(question);
    question.basis = basis_from(arguments);
    add_devices(devices_from(arguments, session), session.catalog, asked);
    if (asked.tokens_per_day) question.rate = rate_of_tokens(*asked.tokens_per_day, asked);
    return asked;
}

// Flags that the figures of a plan rest on, for the command that asks for more of them.
std::string kept_flags(const Arguments& arguments) {
    std::string words;
    for (const Arguments::Given& given : arguments.flags())
        for (const Flag& kept : {calibration_flag, global::catalog, global::prices})
            if (given.name == kept.name) words += formatted(" {} {}", label_of(kept), given.value);
    return words;
}

Answer run(const Arguments& arguments, Session& session) {
    AskedPlan asked = plan_from(arguments, session);
    const Calibration calibration = calibration_from(arguments);
    asked.question.knowledge = session.knowledge(calibration.scales);
    const auto most = static_cast<std::size_t>(flag_or(arguments, top, parse_count, 5.0));
    const Plan found = plan(asked.question, threads_from(arguments));
    std::vector<PlanCandidate> best = found.ranking;
    best.resize(std::min(best.size(), most));
    const bool none = best.empty();
    const std::string kept = kept_flags(arguments);
    Report report = plan_report({asked, found, std::move(best), kept, today()});
    name_calibration(calibration, asked.base, report);
    return {.report = std::move(report), .status = none ? Exit::negative : Exit::ok};
}

}  // namespace

extern const Command plan_command;
constinit const Command plan_command{
    .path = "plan",
    .summary = "which deployment keeps what was promised, and does so best",
    .examples =
        "roofline plan llama-3.1-70b --slo ttft=1s,tpot=25ms --concurrency 64 --isl 4k --osl 512\n"
        "roofline plan llama-3.1-8b --hw h100-sxm,l40s --slo tpot=30ms --tokens-per-day 1B "
        "--objective gpus",
    .positionals = model_name,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
