#include "plan_report.hpp"

#include "roofline/report/humanize.hpp"

#include "deployment_report.hpp"
#include "sweep_rows.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

std::string hardware_of(const PlanCandidate& candidate) {
    return formatted("{} x {}", layout_of(candidate.deployment).gpus(),
                     candidate.deployment.device->id);
}

// Degrees above one, as flags name them.
std::string layout_of_words(const Layout& layout) {
    std::vector<std::string> words;
    const auto add = [&](std::string_view name, double ways) {
        if (ways > 1) words.push_back(formatted("{} {}", name, ways));
    };
    add("tp", layout.tensor);
    add("pp", layout.pipeline);
    add("dp", layout.data);
    add("ep", layout.expert);
    add("replicas", layout.replicas);
    return words.empty() ? "one device" : joined(words, ", ");
}

Measure measure_of(const Metric& metric, double figure) { return {figure, metric.dimension}; }

std::string words_of(const Measure& measure) {
    return measure.dimension == dimension::none ? humanize_number(measure.value)
                                                : humanize(measure);
}

std::string figure_words(const Metric& metric, const PointAnswer& answer) {
    const auto figure = answer.figure(metric);
    return figure ? words_of(measure_of(metric, *figure)) : std::string("unknown");
}

// The question that gives the same figures.
std::string command_of(const PlanCandidate& candidate) {
    const Deployment& d = candidate.deployment;
    const Layout layout = layout_of(d);
    std::string text = formatted("roofline estimate {} --hw {}", d.model->id, d.device->id);
    if (layout.gpus() > 1) text += formatted("x{}", layout.gpus());
    for (const Field& field : deployment_fields()) {
        if (field.kind == FieldKind::model || field.kind == FieldKind::device) continue;
        const ShownField shown = shown_field(field.get(d));
        std::string value;
        if (const auto* number = std::get_if<double>(&shown)) value = formatted("{}", *number);
        if (const auto* words = std::get_if<std::string>(&shown)) value = *words;
        const bool said = field.part == FieldPart::shape && value == "1";
        const bool owned = field.part == FieldPart::money && field.kind != FieldKind::price;
        if (value.empty() || said || owned) continue;
        const bool quoted = value.find_first_of(" $'") != std::string::npos;
        text += formatted(" --{} {}", field.name, quoted ? "'" + value + "'" : value);
    }
    return text;
}

Record plan_record(const PlanCandidate& candidate, const PlanQuestion& question) {
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
        .add("command", command_of(candidate));
    if (candidate.fate == Fate::breaks_level)
        record.add("breaks", question.levels[candidate.worst].metric->id)
            .add("excess", candidate.excess);
    return record;
}

constexpr std::array<std::string_view, 6> fate_keys{
    "hold", "cannot_be", "do_not_fit", "cannot_keep_up", "break_a_limit", "without_objective"};

Record trial_record(const DeviceTrial& trial, const PlanQuestion& question) {
    Record record;
    record.add("hw", question.devices[trial.device].device->id);
    for (std::size_t i = 0; i < fate_keys.size(); ++i)
        record.add(fate_keys[i], static_cast<double>(trial.fates[i]));
    record.add("beaten", static_cast<double>(trial.left_out));
    Record broken;
    for (std::size_t i = 0; i < question.levels.size(); ++i)
        broken.add(question.levels[i].metric->id, static_cast<double>(trial.broken[i]));
    return record.add("breaks", std::move(broken))
        .add("refusal", trial.refusal.empty() ? Value() : Value(trial.refusal));
}

Table ranking_table(const std::vector<PlanCandidate>& shown, const PlanQuestion& question) {
    std::vector<Row> rows;
    for (const PlanCandidate& candidate : shown) {
        Row row{static_cast<double>(rows.size() + 1), hardware_of(candidate),
                layout_of_words(layout_of(candidate.deployment)),
                std::string(name_of(*candidate.deployment.weights))};
        for (const Metric& metric : metrics()) {
            const auto figure = candidate.answer.figure(metric);
            const bool count = metric.dimension == dimension::none;
            row.emplace_back();
            if (figure) row.back() = count ? Cell(*figure) : Cell(measure_of(metric, *figure));
        }
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
            promised || metric.id == "tokens_per_s" ||
            (metric.id == "usd_per_1m_output" && question.objective == Objective::cost);
        table.columns.push_back({std::string(metric.id), std::string(metric.key), 3,
                                 wanted ? Need::always : Need::if_room});
    }
    return table;
}

std::string counts_words(const AskedPlan& asked, const Plan& plan) {
    constexpr std::array<std::string_view, 6> words{
        "hold",          "cannot be (heads, links or precision)",
        "do not fit",    "cannot keep up",
        "break a limit", "have no known figure for it"};
    std::array<std::uint64_t, 6> sums = {};
    std::uint64_t beaten = 0;
    for (const DeviceTrial& trial : plan.trials) {
        beaten += trial.left_out;
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += trial.fates[i];
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (sums[i] > 0)
            parts.push_back(
                formatted("{} {}", humanize_number(static_cast<double>(sums[i])), words[i]));
    if (beaten > 0)
        parts.push_back(formatted("{} cannot beat another of their count",
                                  humanize_number(static_cast<double>(beaten))));
    return formatted("tried {} deployments on {} device{}: {}",
                     humanize_number(static_cast<double>(plan.tried())),
                     asked.question.devices.size(), asked.question.devices.size() == 1 ? "" : "s",
                     joined(parts, ", "));
}

std::string unpriced_words(std::vector<std::string> ids) {
    constexpr std::size_t most_named = 8;
    const std::size_t count = ids.size();
    if (count > most_named) {
        ids.resize(most_named);
        ids.emplace_back("…");
    }
    return formatted("left out for want of a price: {} device{} ({}); --price gives them one",
                     count, count == 1 ? "" : "s", joined(ids, ", "));
}

bool any_narrowed(const std::vector<PlanCandidate>& shown) {
    return std::ranges::any_of(shown, [](const PlanCandidate& candidate) {
        return *candidate.deployment.weights != candidate.deployment.model->published.name;
    });
}

std::string level_words(const ServiceLevel& level) {
    return formatted("{} {} {}", level.metric->id,
                     level.metric->better == Better::lower ? "≤" : "≥",
                     words_of(measure_of(*level.metric, level.limit)));
}

std::string promise_words(const PlanCandidate& candidate, const PlanQuestion& question) {
    std::vector<std::string> parts;
    for (const ServiceLevel& level : question.levels)
        parts.push_back(formatted("{} {} (limit {})", level.metric->id,
                                  figure_words(*level.metric, candidate.answer),
                                  words_of(measure_of(*level.metric, level.limit))));
    return joined(parts, ", ");
}

std::string objective_words(const PlanCandidate& candidate, const PlanQuestion& question) {
    switch (question.objective) {
        case Objective::cost:
            return formatted("{} per 1M output tokens",
                             figure_words(*find_metric("usd_per_1m_output"), candidate.answer));
        case Objective::latency:
            return formatted("{} from prompt to last token",
                             figure_words(*find_metric("e2e"), candidate.answer));
        case Objective::energy:
            return formatted("{} J per output token", humanize_number(candidate.objective));
        case Objective::gpus:
            break;
    }
    return formatted("{} devices", humanize_number(candidate.objective));
}

std::string best_verdict(const PlanCandidate& best, const PlanQuestion& question) {
    return formatted("best: {}, {}, {}: {}, {}", hardware_of(best),
                     layout_of_words(layout_of(best.deployment)), name_of(*best.deployment.weights),
                     objective_words(best, question), promise_words(best, question));
}

std::string relaxation_words(const Relaxation& one, const PlanQuestion& question) {
    const ServiceLevel& level = question.levels[one.level];
    return formatted("{} to {} ({} past {}): {}, {}, {}", level.metric->id,
                     figure_words(*level.metric, one.candidate.answer),
                     humanize_percent(one.candidate.excess),
                     words_of(measure_of(*level.metric, level.limit)), hardware_of(one.candidate),
                     layout_of_words(layout_of(one.candidate.deployment)),
                     name_of(*one.candidate.deployment.weights));
}

void add_near_misses(const Plan& plan, const PlanQuestion& question, Report& report) {
    std::vector<std::string> levels;
    for (const ServiceLevel& level : question.levels) levels.push_back(level_words(level));
    report.verdict = formatted("no deployment of up to {} devices keeps {}",
                               humanize_number(question.most_gpus), joined(levels, " and "));
    Text text;
    if (plan.nearest) {
        report.verdict += formatted("; closest: {}, {}, {}: {}", hardware_of(*plan.nearest),
                                    layout_of_words(layout_of(plan.nearest->deployment)),
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
                                     .add("plan", plan_record(one.candidate, question)));
    }
    report.result
        .add("nearest", plan.nearest ? Value(plan_record(*plan.nearest, question)) : Value())
        .add("relax", std::move(relaxations));
}

}  // namespace

Answer plan_answer(const AskedPlan& asked, const Plan& plan, std::size_t top) {
    const PlanQuestion& question = asked.question;
    Report report{.command = "plan"};
    std::vector<PlanCandidate> shown = plan.ranking;
    shown.resize(std::min(shown.size(), top));
    List plans;
    for (const PlanCandidate& candidate : shown)
        plans.emplace_back(plan_record(candidate, question));
    report.result.add("plans", std::move(plans));
    if (shown.empty()) {
        add_near_misses(plan, question, report);
    } else {
        report.verdict = best_verdict(shown[0], question);
        report.result.add("nearest", Value()).add("relax", List());
        report.blocks.emplace_back(ranking_table(shown, question));
        report.blocks.emplace_back(Text{{"ask for more of the first: " + command_of(shown[0])}});
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
    return {.report = std::move(report), .status = shown.empty() ? 1 : 0};
}

}  // namespace roofline::cli
