#include "plan_report.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/price_note.hpp"
#include "answer/deployment/service_warnings.hpp"
#include "answer/figure_cells.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "answer/words.hpp"
#include "error/dialect.hpp"
#include "plan_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

Record plan_record(const PlanCandidate& candidate, const PlanShown& shown) {
    const Deployment& d = candidate.deployment;
    const Layout layout = layout_of(d);
    Record record;
    record.add("hw", d.device->id)
        .add("gpus", layout.gpus())
        .add("tp", layout.tensor)
        .add("pp", layout.pipeline)
        .add("dp", layout.data)
        .add("ep", layout.expert)
        .add("replicas", layout.replicas)
        .add("quant", name_of(*d.weights))
        .add("concurrency", d.concurrency)
        .add("rate", d.rate)
        .add("requests", candidate.answer.requests)
        .add("waiting", candidate.answer.waiting)
        .add("starts", candidate.doubtful ? "marginal" : "yes")
        .add("price", d.rental ? Value(price_name(*d.rental)) : Value())
        .add("metrics", metrics_record(candidate.answer))
        .add("command", command_of(candidate, shown.other_flags));
    if (candidate.fate == Fate::breaks_level)
        record.add("breaks", shown.asked.question.levels[candidate.worst].metric->id)
            .add("excess", candidate.excess);
    return record;
}

Record trial_record(const DeviceTrial& trial, const PlanQuestion& question) {
    Record record;
    record.add("hw", question.devices[trial.device].device->id);
    for (std::size_t i = 0; i < fate_rows.size(); ++i)
        record.add(fate_rows[i].key, static_cast<double>(trial.fates[i]));
    record.add("beaten", static_cast<double>(trial.left_out));
    Record broken;
    for (std::size_t i = 0; i < question.levels.size(); ++i)
        broken.add(question.levels[i].metric->id, static_cast<double>(trial.broken[i]));
    return record.add("breaks", std::move(broken))
        .add("refusal",
             trial.refusal ? Value(in_dialect(trial.refusal->message, Dialect::flags)) : Value());
}

Record inputs_of(const AskedPlan& asked) {
    const PlanQuestion& question = asked.question;
    Record inputs = inputs_of(asked.base);
    List levels;
    for (const ServiceLevel& level : question.levels)
        levels.emplace_back(Record().add("metric", level.metric->id).add("limit", level.limit));
    List devices;
    for (const Deployment& d : question.devices) devices.emplace_back(d.device->id);
    std::vector<std::string_view> formats;
    for (const WeightFormat format : question.formats) formats.push_back(name_of(format));
    return inputs.add("slo", std::move(levels))
        .add("formats", formats.empty() ? Value() : Value(joined(formats, ",")))
        .add("concurrency", question.concurrency)
        .add("rate", question.rate)
        .add("tokens_per_day", asked.tokens_per_day)
        .add("objective", objective_names[static_cast<std::size_t>(question.objective)])
        .add("max_gpus", question.widens ? Value() : Value(question.most_gpus))
        .add("basis", name_of(question.basis))
        .add("devices", std::move(devices));
}

// On what prices and measurements the shown plans rest.
void add_evidence(const PlanShown& shown, Report& report) {
    std::vector<std::string> named;
    for (const PlanCandidate& candidate : shown.best) {
        if (candidate.doubtful) report.warnings.push_back({"W203", doubt_of(candidate)});
        const Deployment d = complete_service(candidate.deployment);
        if (std::ranges::find(named, d.device->id) != named.end()) continue;
        named.push_back(d.device->id);
        if (auto note = price_note(d.device->id, d, shown.today))
            report.assumptions.push_back(std::move(*note));
        WarningNote warning = unmeasured_warning(d);
        const bool said = std::ranges::find(report.warnings, warning.message,
                                            &WarningNote::message) != report.warnings.end();
        if (candidate.answer.measured == false && !said)
            report.warnings.push_back(std::move(warning));
    }
}

Table machine_table(const PlanShown& shown) {
    std::vector<Row> rows;
    for (const PlanCandidate& candidate : shown.best) {
        const Deployment& d = candidate.deployment;
        const Layout layout = layout_of(d);
        Row row{static_cast<double>(rows.size() + 1), d.device->id};
        for (const double degree :
             {layout.tensor, layout.pipeline, layout.data, layout.expert, layout.replicas})
            row.emplace_back(degree);
        row.emplace_back(std::string(name_of(*d.weights)));
        for (const auto& load : {d.concurrency, d.rate}) {
            row.emplace_back();
            if (load) row.back() = *load;
        }
        add_figure_cells(candidate.answer, row);
        row.emplace_back(command_of(candidate, shown.other_flags));
        rows.push_back(std::move(row));
    }
    Table table{.title = "", .columns = {}, .next = rows_of(std::move(rows))};
    for (const std::string_view key :
         {"rank", "hw", "tp", "pp", "dp", "ep", "replicas", "quant", "concurrency", "rate"})
        table.columns.push_back({std::string(key), std::string(key)});
    for (const Metric& metric : metrics())
        table.columns.push_back({std::string(metric.id), std::string(metric.key)});
    table.columns.push_back({"command", "command"});
    table.audience = Audience::machines;
    return table;
}

Table ranking_table(const std::vector<PlanCandidate>& shown, const PlanQuestion& question) {
    std::vector<Row> rows;
    for (const PlanCandidate& candidate : shown) {
        Row row{static_cast<double>(rows.size() + 1),
                hardware_of(candidate) + (candidate.doubtful ? " (may not start)" : ""),
                layout_words(layout_of(candidate.deployment)),
                std::string(name_of(*candidate.deployment.weights))};
        add_figure_cells(candidate.answer, row);
        rows.push_back(std::move(row));
    }
    Table table{.columns = {{"#", "rank"},
                            {"hardware", "hardware", 3, Need::asked},
                            {"layout", "layout"},
                            {"quant", "quant"}},
                .next = rows_of(std::move(rows))};
    for (const Metric& metric : metrics()) {
        const bool promised = std::ranges::any_of(
            question.levels, [&](const ServiceLevel& level) { return level.metric == &metric; });
        const bool wanted = promised || (&metric == &the_metric("usd_per_1m_output") &&
                                         question.objective == Objective::cost);
        table.columns.push_back({std::string(metric.name), std::string(metric.key), 3,
                                 wanted ? Need::asked : Need::if_room});
    }
    return table;
}

std::string near_verdict(const PlanShown& shown) {
    const PlanQuestion& question = shown.asked.question;
    std::vector<std::string> levels;
    for (const ServiceLevel& level : question.levels) levels.push_back(level_words(level));
    std::string words = formatted("no deployment of up to {} devices keeps {}",
                                  humanize_number(shown.plan.most_gpus), joined(levels, " and "));
    if (shown.plan.proven_none) words += ", even at best";
    if (const auto& nearest = shown.plan.nearest)
        words +=
            formatted("; closest: {}, {}, {}: {}", hardware_of(*nearest),
                      layout_words(layout_of(nearest->deployment)),
                      name_of(*nearest->deployment.weights), promise_words(*nearest, question));
    return words;
}

// What is in the way where nothing keeps the promises.
void add_near_misses(const PlanShown& shown, Report& report) {
    const PlanQuestion& question = shown.asked.question;
    const Plan& plan = shown.plan;
    Text text;
    for (const Relaxation& one : plan.relaxations)
        text.lines.push_back("relax " + relaxation_words(one, question));
    if (plan.nearest && plan.relaxations.empty())
        text.lines.emplace_back("no single limit is the only one in the way");
    if (!text.lines.empty()) report.blocks.emplace_back(std::move(text));
    List relaxations;
    for (const Relaxation& one : plan.relaxations) {
        const ServiceLevel& level = question.levels[one.level];
        relaxations.emplace_back(Record()
                                     .add("limit", level.metric->id)
                                     .add("to", Value(one.candidate.answer.figure(*level.metric)))
                                     .add("plan", plan_record(one.candidate, shown)));
    }
    report.result.add("nearest", plan.nearest ? Value(plan_record(*plan.nearest, shown)) : Value())
        .add("relax", std::move(relaxations));
}

void add_ranking(const PlanShown& shown, Report& report) {
    const PlanQuestion& question = shown.asked.question;
    const PlanCandidate& best = shown.best.front();
    report.result.add("nearest", Value()).add("relax", List());
    report.blocks.emplace_back(ranking_table(shown.best, question));
    add_evidence(shown, report);
    const std::string_view ask =
        question.basis == Basis::expected ? "more of the first:" : "its expected figures:";
    report.blocks.emplace_back(TypedCommand{std::string(ask), command_of(best, shown.other_flags)});
    if (!any_narrowed(shown.best)) return;
    const std::string_view published = name_of(best.deployment.model->published.name);
    report.assumptions.push_back(
        {.id = "narrowed_weights",
         .text = formatted("weights narrower than {}: what that costs in quality is not counted",
                           published),
         .value = {},
         .source = formatted("--quant {} keeps them as published", published),
         .prominent = true});
}

void add_trials(const PlanShown& shown, Report& report) {
    const auto& [asked, plan, best, other_flags, today] = shown;
    List trials;
    for (const DeviceTrial& trial : plan.trials)
        trials.emplace_back(trial_record(trial, asked.question));
    List unpriced;
    for (const std::string& id : asked.unpriced) unpriced.emplace_back(id);
    report.result.add("searched_gpus", plan.most_gpus)
        .add("tried", static_cast<double>(plan.tried()))
        .add("devices", std::move(trials))
        .add("unpriced", std::move(unpriced));
    Text text{{counts_words(asked, plan)}};
    if (!asked.unpriced.empty()) text.lines.push_back(unpriced_words(asked.unpriced));
    report.blocks.emplace_back(std::move(text));
}

}  // namespace

Report plan_report(const PlanShown& shown) {
    Report report{.command = "plan"};
    report.inputs = inputs_of(shown.asked);
    List plans;
    for (const PlanCandidate& candidate : shown.best)
        plans.emplace_back(plan_record(candidate, shown));
    report.result.add("plans", std::move(plans));
    report.blocks.emplace_back(machine_table(shown));
    if (shown.best.empty()) {
        report.verdict = near_verdict(shown);
        add_near_misses(shown, report);
    } else {
        report.verdict = best_words(shown.best.front(), shown.asked.question);
        add_ranking(shown, report);
    }
    add_trials(shown, report);
    report.assumptions.push_back(memory_note());
    return report;
}

}  // namespace roofline
