#include "check_report.hpp"

#include "roofline/gate/reports.hpp"

#include "answer/figure_cells.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

struct StatusRow {
    std::string_view sign;
    std::string_view plural;
    Role role;
};
constexpr std::array<StatusRow, check_statuses.size()> status_rows{{
    {"✓ pass", "pass", Role::good},
    {"! warn", "warn", Role::warning},
    {"✗ fail", "fail", Role::bad},
    {"✗ error", "cannot be judged", Role::bad},
    {"– skip", "skipped", Role::dim},
}};

const StatusRow& row_of(CheckStatus status) {
    return status_rows[static_cast<std::size_t>(status)];
}

std::string verdict_of(const std::vector<std::string>& budgets, std::span<const Check> checks) {
    const std::string subject =
        budgets.size() == 1 ? budgets[0] : formatted("{} budgets", budgets.size());
    const auto counts = count_by_status(checks);
    if (nothing_judged(checks))
        return formatted("{}: nothing was judged: every limit is skipped", subject);
    std::string text;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) text += formatted(", {} {}", counts[i], status_rows[i].plural);
    return formatted("{}: {} check{}{}", subject, checks.size(), checks.size() == 1 ? "" : "s",
                     text);
}

std::string limit_words(const Check& check) {
    if (!check.limit) return {};
    return formatted("{} {}", check.upper ? "≤" : "≥", words_of(*check.limit));
}

std::string place_words(const Check& check, bool several_budgets) {
    if (several_budgets) return place_text({.file = check.file, .line = check.where.line});
    return check.where.line == 0 ? std::string() : formatted("line {}", check.where.line);
}

// As people call the figure; what has no such name stands as it is.
std::string figure_words(const Check& check) {
    const Metric* metric = find_metric(check.metric);
    const std::string name(metric == nullptr ? std::string_view(check.metric) : metric->name);
    return check.op == "regression" ? name + " regression" : name;
}

Table people_table(std::span<const Check> checks, bool several_budgets) {
    std::vector<Row> rows;
    for (const Check& check : checks) {
        const StatusRow& status = row_of(check.status);
        rows.push_back({Label{std::string(status.sign), status.role}, check.target,
                        figure_words(check), figure_cell(check.value), limit_words(check),
                        check.ratio ? Cell(humanize_percent(*check.ratio)) : Cell(std::string()),
                        place_words(check, several_budgets)});
    }
    return {.title = "",
            .columns = {{"check", "status"},
                        {"target", "target"},
                        {"figure", "metric"},
                        {"value", "value"},
                        {"limit", "limit"},
                        {"used", "ratio"},
                        {"where", "line", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

// From 1; empty where the place is unknown.
Cell cell_of(int position) { return position > 0 ? Cell(static_cast<double>(position)) : Cell(); }
Value value_of(int position) { return position > 0 ? Value(position) : Value(); }

Table machine_table(std::span<const Check> checks) {
    std::vector<Row> rows;
    for (const Check& check : checks) {
        const std::string unit =
            check.value ? unit_suffix(check.value->dimension, check.value->currency) : "";
        rows.push_back({check.file, cell_of(check.where.line), cell_of(check.where.column),
                        check.target, check.metric, check.op, std::string(name_of(check.status)),
                        figure_cell(check.value), figure_cell(check.limit), unit,
                        check.ratio ? Cell(*check.ratio) : Cell(), check.why, check.message});
    }
    return {.title = "",
            .columns = {{"file", "file"},
                        {"line", "line"},
                        {"column", "column"},
                        {"target", "target"},
                        {"metric", "metric"},
                        {"side", "op"},
                        {"status", "status"},
                        {"value", "value"},
                        {"limit", "limit"},
                        {"unit", "unit"},
                        {"ratio", "ratio"},
                        {"why", "why"},
                        {"message", "message"}},
            .next = rows_of(std::move(rows)),
            .audience = Audience::machines};
}

// One sentence for each that did not simply pass, and one where a target cannot be answered.
Text sentences(std::span<const Check> checks) {
    Text text;
    const Check* before = nullptr;
    for (const Check& check : checks) {
        const bool again = check.why.starts_with("judged again");
        const bool repeats = before != nullptr && check.error && check.why == before->why &&
                             check.target == before->target;
        before = &check;
        if ((check.status == CheckStatus::pass && !again) || repeats) continue;
        const std::string code =
            check.error ? formatted("error[{}]: ", code_name(*check.error)) : std::string();
        text.lines.push_back(
            formatted("{}{}: {}", code, place_text(check.where), sentence_of(check)));
    }
    return text;
}

Value number_of(const std::optional<Measure>& measure) {
    return measure ? Value(machine_value(*measure)) : Value();
}

List check_list(std::span<const Check> checks) {
    List list;
    for (const Check& check : checks) {
        Record record;
        record.add("file", check.file)
            .add("target", check.target)
            .add("metric", check.metric)
            .add("op", check.op)
            .add("status", name_of(check.status))
            .add("value", number_of(check.value))
            .add("limit", number_of(check.limit))
            .add("unit", check.value ? Value(unit_suffix(check.value->dimension)) : Value())
            .add("ratio", check.ratio)
            .add("severity", limit_severities[static_cast<std::size_t>(check.severity)])
            .add("line", value_of(check.where.line))
            .add("column", value_of(check.where.column))
            .add("message", check.message.empty() ? Value() : Value(check.message))
            .add("why", check.why)
            .add("error", check.error ? Value(code_name(*check.error)) : Value());
        list.emplace_back(std::move(record));
    }
    return list;
}

}  // namespace

Report check_report(const std::vector<std::string>& budgets, std::span<const Check> checks) {
    Report report{.command = "check", .verdict = verdict_of(budgets, checks)};
    List files;
    for (const std::string& file : budgets) files.emplace_back(file);
    report.inputs.add("budgets", std::move(files));
    Record summary;
    const auto counts = count_by_status(checks);
    for (std::size_t i = 0; i < counts.size(); ++i)
        summary.add(check_statuses[i], static_cast<double>(counts[i]));
    report.result.add("summary", std::move(summary)).add("checks", check_list(checks));
    report.blocks.emplace_back(machine_table(checks));
    report.blocks.emplace_back(people_table(checks, budgets.size() > 1));
    if (Text text = sentences(checks); !text.lines.empty())
        report.blocks.emplace_back(std::move(text));
    return report;
}

}  // namespace roofline
