#include "plan_report.hpp"

#include "answer/deployment/price_note.hpp"
#include "answer/estimate/estimate_assumptions.hpp"
#include "answer/sweep/sweep_rows.hpp"
#include "plan_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

Record plan_record(const PlanCandidate& candidate, const AskedPlan& asked) {
    const PlanQuestion& question = asked.question;
    const Deployment& d = candidate.deployment;
    const Layout layout = layout_of(d);
    Record metrics_of;
    for (const Metric& metric : metrics())
        metrics_of.add(metric.key, Value(candidate.answer.figure(metric)));
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
        .add("price", d.rental ? Value(price_name(*d.rental)) : Value())
        .add("metrics", std::move(metrics_of))
        .add("command", command_of(candidate, asked));
    if (candidate.fate == Fate::breaks_level)
        record.add("breaks", question.levels[candidate.worst].metric->id)
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
        .add("refusal", trial.refusal ? Value(trial.refusal->message) : Value());
}

bool any_narrowed(const std::vector<PlanCandidate>& shown) {
    return std::ranges::any_of(shown, [](const PlanCandidate& candidate) {
        return *candidate.deployment.weights != candidate.deployment.model->published.name;
    });
}

// On what prices and measurements the shown plans rest.
void add_evidence(const std::vector<PlanCandidate>& shown, Report& report) {
    std::vector<std::string> named;
    for (const PlanCandidate& candidate : shown) {
        const Deployment d = complete_service(candidate.deployment);
        if (std::ranges::find(named, d.device->id) != named.end()) continue;
        named.push_back(d.device->id);
        add_price_note(d.device->id, d, report);
        const std::string words =
            formatted("{} not measured: the band is the widest there is", unmeasured_words(d));
        const bool said = std::ranges::find(report.warnings, words, &WarningNote::message) !=
                          report.warnings.end();
        if (!candidate.answer.measured && !said) report.warnings.push_back({"W302", words});
    }
}

Table machine_table(const std::vector<PlanCandidate>& shown, const AskedPlan& asked) {
    std::vector<Row> rows;
    for (const PlanCandidate& candidate : shown) {
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
        row.emplace_back(command_of(candidate, asked));
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
        Row row{static_cast<double>(rows.size() + 1), hardware_of(candidate),
                layout_words(layout_of(candidate.deployment)),
                std::string(name_of(*candidate.deployment.weights))};
        add_figure_cells(candidate.answer, row);
        rows.push_back(std::move(row));
    }
    Table table{.title = "",
                .columns = {{"#", "rank"},
                            {"HARDWARE", "hardware"},
                            {"LAYOUT", "layout"},
                            {"QUANT", "quant"}},
                .next = rows_of(std::move(rows))};
    for (const Metric& metric : metrics()) {
        const bool promised = std::ranges::any_of(
            question.levels, [&](const ServiceLevel& level) { return level.metric == &metric; });
        const bool wanted =
            promised || &metric == &the_metric("tokens_per_s") ||
            (&metric == &the_metric("usd_per_1m_output") && question.objective == Objective::cost);
        table.columns.push_back({std::string(metric.id), std::string(metric.key), 3,
                                 wanted ? Need::always : Need::if_room});
    }
    return table;
}

void add_near_misses(const Plan& plan, const AskedPlan& asked, Report& report) {
    const PlanQuestion& question = asked.question;
    std::vector<std::string> levels;
    for (const ServiceLevel& level : question.levels) levels.push_back(level_words(level));
    report.verdict = formatted("no deployment of up to {} devices keeps {}",
                               humanize_number(question.most_gpus), joined(levels, " and "));
    Text text;
    if (plan.nearest) {
        report.verdict += formatted("; closest: {}, {}, {}: {}", hardware_of(*plan.nearest),
                                    layout_words(layout_of(plan.nearest->deployment)),
                                    name_of(*plan.nearest->deployment.weights),
                                    promise_words(*plan.nearest, question));
    }
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
                                     .add("plan", plan_record(one.candidate, asked)));
    }
    report.result.add("nearest", plan.nearest ? Value(plan_record(*plan.nearest, asked)) : Value())
        .add("relax", std::move(relaxations));
}

}  // namespace

Answer plan_answer(const AskedPlan& asked, const Plan& plan, std::size_t top) {
    const PlanQuestion& question = asked.question;
    Report report{.command = "plan"};
    std::vector<PlanCandidate> shown = plan.ranking;
    shown.resize(std::min(shown.size(), top));
    List plans;
    for (const PlanCandidate& candidate : shown) plans.emplace_back(plan_record(candidate, asked));
    report.result.add("plans", std::move(plans));
    report.blocks.emplace_back(machine_table(shown, asked));
    if (shown.empty()) {
        add_near_misses(plan, asked, report);
    } else {
        report.verdict = best_words(shown[0], question);
        report.result.add("nearest", Value()).add("relax", List());
        report.blocks.emplace_back(ranking_table(shown, question));
        add_evidence(shown, report);
        const std::string_view ask = question.basis == Basis::expected
                                         ? "ask for more of the first: "
                                         : "ask for its expected figures: ";
        report.blocks.emplace_back(Text{{std::string(ask) + command_of(shown[0], asked)}});
        if (any_narrowed(shown)) {
            const std::string_view published = name_of(shown[0].deployment.model->published.name);
            report.assumptions.push_back(
                {.id = "narrowed_weights",
                 .text = formatted("weights narrower than {}: what that costs in quality is not "
                                   "counted",
                                   published),
                 .value = {},
                 .source = formatted("--quant {} keeps them as published", published)});
        }
    }
    List trials;
    for (const DeviceTrial& trial : plan.trials) trials.emplace_back(trial_record(trial, question));
    List unpriced;
    for (const std::string& id : asked.unpriced) unpriced.emplace_back(id);
    report.result.add("tried", static_cast<double>(plan.tried()))
        .add("devices", std::move(trials))
        .add("unpriced", std::move(unpriced));
    Text text{{counts_words(asked, plan)}};
    if (!asked.unpriced.empty()) text.lines.push_back(unpriced_words(asked.unpriced));
    report.blocks.emplace_back(std::move(text));
    return {.report = std::move(report), .status = shown.empty() ? Exit::negative : Exit::ok};
}

}  // namespace roofline::cli
