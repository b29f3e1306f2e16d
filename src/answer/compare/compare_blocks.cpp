#include "compare_blocks.hpp"

#include "answer/deployment/deployment_inputs.hpp"
#include "answer/expectation.hpp"
#include "answer/figure_cells.hpp"
#include "compare_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr std::size_t shown_parts = 3;

Value number_or_null(const std::optional<double>& number) {
    return number ? Value(*number) : Value();
}

Label change_label(const Delta& delta, std::optional<double> most_worse) {
    if (!delta.from) return {"only here", Role::dim};
    if (!delta.to) return {"only in the baseline", Role::bad};
    if (!delta.is_visible()) return {"same", Role::dim};
    const auto worse = delta.worse_by();
    const std::string words = change_words(*delta.change());
    if (most_worse && *worse > *most_worse) return {words + " ✗ over the limit", Role::bad};
    return *worse > 0 ? Label{words + " worse", Role::bad} : Label{words + " better", Role::good};
}

std::string reversal_words(const Comparison& comparison) {
    const Reversal& best = comparison.reversals.front();
    constexpr double worth_a_word = 0.01;
    if (best.undone < worth_a_word)
        return formatted("no input set back alone undoes the change in {}",
                         comparison.main->metric->noun);
    return formatted("of the change in {}, setting {} back alone undoes {}",
                     comparison.main->metric->noun, best.field->name,
                     humanize_percent(best.undone));
}

std::string part_words(const Comparison& comparison) {
    std::string words = "time per token, what changed most: ";
    for (std::size_t i = 0; i < std::min(shown_parts, comparison.parts.size()); ++i) {
        const TimePart& part = comparison.parts[i];
        words += formatted("{}{} {} → {}", i == 0 ? "" : " · ", part.name, humanize(part.from),
                           humanize(part.to));
    }
    return words;
}

std::string break_even_words(const Comparison& comparison) {
    const Deployment& base = comparison.base->evaluation.deployment;
    const Deployment& other = comparison.other->evaluation.deployment;
    std::string words =
        formatted("break-even: {} at {} x the price of the baseline's {}", other.device->id,
                  humanize_number(*comparison.price_ratio, 4), base.device->id);
    if (comparison.price) words += ", " + humanize(*comparison.price);
    return words;
}

Record delta_record(const Delta& delta) {
    return Record()
        .add("metric", delta.metric->id)
        .add("key", delta.metric->key)
        .add("from", number_or_null(delta.from))
        .add("to", number_or_null(delta.to))
        .add("change", number_or_null(delta.change()))
        .add("worse_by", number_or_null(delta.worse_by()));
}

Table delta_lines(const std::vector<Comparison>& comparisons) {
    std::vector<Row> rows;
    for (const Comparison& comparison : comparisons)
        for (const Delta& delta : comparison.deltas) {
            const auto cell = [](const std::optional<double>& number) {
                return number ? Cell(*number) : Cell();
            };
            rows.push_back({comparison.base->name, comparison.other->name,
                            std::string(delta.metric->key), cell(delta.from), cell(delta.to),
                            cell(delta.change()), cell(delta.worse_by())});
        }
    return {.title = "",
            .columns = {{"", "baseline"},
                        {"", "scenario"},
                        {"", "metric"},
                        {"", "from"},
                        {"", "to"},
                        {"", "change"},
                        {"", "worse_by"}},
            .next = rows_of(std::move(rows)),
            .audience = Audience::machines};
}

Table delta_table(const Comparison& comparison, std::optional<double> most_worse) {
    std::vector<Row> rows;
    for (const Delta& delta : comparison.deltas)
        rows.push_back({std::string(delta.metric->name), figure_cell(*delta.metric, delta.from),
                        figure_cell(*delta.metric, delta.to), change_label(delta, most_worse)});
    return {.title = comparison.other->name,
            .columns = {{"figure", "metric"},
                        {"baseline", "from"},
                        {"this", "to"},
                        {"change", "change"}},
            .next = rows_of(std::move(rows))};
}

// "102 ms (-19.0 %)", in the colour of the change.
Cell changed_cell(const Comparison& comparison, const Metric& metric,
                  std::optional<double> most_worse) {
    const auto delta = std::ranges::find(comparison.deltas, &metric, &Delta::metric);
    if (delta == comparison.deltas.end() || !delta->to) return {};
    const Measure figure(*delta->to, metric.dimension);
    if (!delta->change()) return words_of(figure);
    return Label{formatted("{} ({})", words_of(figure), change_words(*delta->change())),
                 change_label(*delta, most_worse).role};
}

// Several against one baseline: a column each.
Table side_by_side(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                   Basis basis, std::optional<double> most_worse) {
    std::vector<Column> columns{{"figure", "metric"}};
    for (const std::string& name : short_names(all)) columns.push_back({name, "figure"});
    std::vector<Row> rows;
    for (const Metric& metric : metrics()) {
        const auto answers = [&](const Comparison& one) {
            return std::ranges::find(one.deltas, &metric, &Delta::metric) != one.deltas.end();
        };
        if (std::ranges::none_of(comparisons, answers)) continue;
        Row row{std::string(metric.name),
                figure_cell(metric, metric.get(all.front().evaluation.on(basis)))};
        for (const Comparison& one : comparisons)
            row.push_back(changed_cell(one, metric, most_worse));
        rows.push_back(std::move(row));
    }
    return {.title = "", .columns = std::move(columns), .next = rows_of(std::move(rows))};
}

Text reasons(const Comparison& comparison) {
    Text text;
    if (!comparison.reversals.empty()) text.lines.push_back(reversal_words(comparison));
    if (!comparison.parts.empty()) text.lines.push_back(part_words(comparison));
    if (comparison.price_ratio) text.lines.push_back(break_even_words(comparison));
    return text;
}

Text crossover_text(const std::vector<Compared>& all) {
    const auto at = [](std::string_view what, const std::optional<double>& number) {
        return number ? formatted("at {} {}", what, humanize_number(*number))
                      : std::string("nowhere");
    };
    Text text{{"Where the answer turns:"}};
    for (const Compared& compared : all)
        text.lines.push_back(formatted(
            "{}: decode leaves the memory roof {}, KV outweighs the weights {}", compared.name,
            at("batch", compared.memory_batch), at("context", compared.cache_context)));
    return text;
}

bool has_expectation(const Compared& compared, Basis basis) {
    return basis != Basis::bound && compared.evaluation.on(basis).time_per_token;
}

// Of what the figures of each stand on.
Text expectation_text(const std::vector<Compared>& all, Basis basis) {
    Text text;
    for (const Compared& compared : all)
        if (has_expectation(compared, basis))
            text.lines.push_back(formatted("expected of {}: {}", compared.name,
                                           expectation_words(compared.evaluation)));
    const auto same = [&](const std::string& line) {
        return line.substr(line.find(": ")) == text.lines[0].substr(text.lines[0].find(": "));
    };
    if (text.lines.size() > 1 && std::ranges::all_of(text.lines, same))
        return {{formatted("expected of all: {}", expectation_words(all.front().evaluation))}};
    return text;
}

Record scenario_record(const Compared& compared, Basis basis) {
    return Record()
        .add("name", compared.name)
        .add("inputs", inputs_of(compared.evaluation.deployment))
        .add("standing", row_of(compared.evaluation.standing).key)
        .add("figures", metrics_record(compared.evaluation.on(basis)))
        .add("expectation", has_expectation(compared, basis)
                                ? Value(expectation_record(compared.evaluation))
                                : Value())
        .add("requests", compared.evaluation.requests())
        .add("waiting", compared.evaluation.waiting())
        .add("batch_beyond_memory", number_or_null(compared.memory_batch))
        .add("context_beyond_weights_tokens", number_or_null(compared.cache_context));
}

Record comparison_record(const Comparison& comparison) {
    List deltas;
    for (const Delta& delta : comparison.deltas) deltas.emplace_back(delta_record(delta));
    List reversals;
    for (const Reversal& reversal : comparison.reversals)
        reversals.emplace_back(
            Record().add("input", reversal.field->name).add("undone", reversal.undone));
    List parts;
    for (const TimePart& part : comparison.parts)
        parts.emplace_back(
            Record().add("name", part.name).add("from", part.from).add("to", part.to));
    return Record()
        .add("scenario", comparison.other->name)
        .add("deltas", std::move(deltas))
        .add("attributed_metric", comparison.main ? Value(comparison.main->metric->id) : Value())
        .add("reversals", std::move(reversals))
        .add("tpot_parts", std::move(parts))
        .add("break_even_price_ratio", number_or_null(comparison.price_ratio))
        .add("break_even_per_device_hour",
             comparison.price ? Value(machine_value(*comparison.price)) : Value());
}

}  // namespace

void add_comparisons(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                     Basis basis, std::optional<double> most_worse, Report& report) {
    List scenarios;
    for (const Compared& compared : all) scenarios.emplace_back(scenario_record(compared, basis));
    List list;
    for (const Comparison& comparison : comparisons)
        list.emplace_back(comparison_record(comparison));
    report.inputs.add("basis", name_of(basis));
    report.inputs.add("fail_over", most_worse ? Value(*most_worse) : Value());
    report.result.add("scenarios", std::move(scenarios)).add("comparisons", std::move(list));
    report.blocks.emplace_back(delta_lines(comparisons));
    report.blocks.emplace_back(
        Text{{formatted("baseline: {} ({} figures)", all.front().name, name_of(basis))}});
    const bool several = comparisons.size() > 1;
    if (several) report.blocks.emplace_back(side_by_side(all, comparisons, basis, most_worse));
    for (const Comparison& comparison : comparisons) {
        if (!several) report.blocks.emplace_back(delta_table(comparison, most_worse));
        Text text = reasons(comparison);
        if (text.lines.empty()) continue;
        if (several) text.lines.insert(text.lines.begin(), comparison.other->name + ":");
        report.blocks.emplace_back(std::move(text));
    }
    if (Text text = expectation_text(all, basis); !text.lines.empty())
        report.blocks.emplace_back(std::move(text));
    report.blocks.emplace_back(crossover_text(all));
}

}  // namespace roofline
