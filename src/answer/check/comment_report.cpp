#include "comment_report.hpp"

#include "roofline/gate/reports.hpp"

#include "answer/compare/compare_words.hpp"
#include "answer/words.hpp"
#include "comment_words.hpp"
#include "gate/changes/earlier_deployment.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::string_view marker = "roofline:check";
constexpr std::array<std::string_view, check_statuses.size()> signs{"✅", "⚠️", "❌", "❌",
                                                                    "⏭️"};
// Broken before what warns, then the rest.
constexpr std::array<int, check_statuses.size()> ranks{2, 1, 0, 0, 3};

struct CommentRow {
    const Check* check;
    const CommentedTarget* target;
    const Delta* delta;  ///< of the baseline; nullptr where it has none
};

int rank_of(const CommentRow& row) { return ranks[static_cast<std::size_t>(row.check->status)]; }

std::string figure_name(const Check& check) {
    const Metric* metric = find_metric(check.metric);
    const std::string name =
        metric == nullptr ? "age of the price, days" : std::string(metric->noun);
    return check.op == "regression" ? name + " against main" : name;
}

std::string side_words(const Metric* metric, const std::optional<double>& figure) {
    if (metric == nullptr || !figure) return "–";
    return words_of(Measure(*figure, metric->dimension));
}

std::string limit_words(const Check& check) {
    return check.limit ? formatted("{} {}", check.upper ? "≤" : "≥", words_of(*check.limit)) : "–";
}

// The whole row of what is broken stands out.
Row shown_row(const CommentRow& row, const std::string& name, bool compares) {
    const Check& check = *row.check;
    const Role role = rank_of(row) == 0 ? Role::strong : Role::plain;
    Row cells;
    const auto add = [&](std::string text) { cells.emplace_back(Label{std::move(text), role}); };
    add(std::string(signs[static_cast<std::size_t>(check.status)]));
    add(name);
    add(figure_name(check));
    const Delta* delta = row.delta;
    if (compares) add(delta ? side_words(delta->metric, delta->from) : "–");
    add(check.value
            ? words_of(*check.value)
            : side_words(delta ? delta->metric : nullptr, delta ? delta->to : std::nullopt));
    if (compares) add(delta ? change_text(*delta) : "–");
    add(limit_words(check));
    add(check.ratio ? humanize_percent(*check.ratio) : "–");
    return cells;
}

Table comment_table(const std::vector<CommentRow>& rows, bool several_budgets, bool compares) {
    std::vector<Row> shown;
    std::string before;
    for (const CommentRow& row : rows) {
        std::string name = row.check->target;
        if (several_budgets) name = row.check->file + ": " + name;
        if (!load_changes_of(*row.target->judged).empty()) name += " (another load)";
        shown.push_back(shown_row(row, name == before ? std::string() : name, compares));
        before = name;
    }
    Table table{.title = "", .columns = {{"", ""}, {"deployment", ""}, {"figure", ""}}};
    if (compares) table.columns.push_back({"main", ""});
    table.columns.push_back({compares ? "this PR" : "now", ""});
    if (compares) table.columns.push_back({"change", ""});
    table.columns.push_back({"limit", ""});
    table.columns.push_back({"used", ""});
    table.next = rows_of(std::move(shown));
    return table;
}

// What cannot be judged, and what owners of limits have to say.
void add_sentences(const std::vector<CommentRow>& rows, Text& text) {
    std::string before;
    for (const CommentRow& row : rows) {
        const Check& check = *row.check;
        const bool repeats = check.error && check.target + check.why == before;
        before = check.target + check.why;
        const bool tells = check.error || !check.message.empty() ||
                           check.status == CheckStatus::skip ||
                           check.why.starts_with("judged again");
        if (!tells || repeats || check.status == CheckStatus::pass) continue;
        const std::string code =
            check.error ? formatted(" error[{}]", code_name(*check.error)) : std::string();
        text.lines.push_back(
            formatted("{}{} {}", place_text(check.where), code, sentence_of(check)));
    }
}

void add_reasons(const CommentedTarget& target, bool named, Text& text) {
    const std::string of = named ? " (" + target.judged->answered.target->name + ")" : "";
    if (const std::string load = load_changes_of(*target.judged); !load.empty())
        text.lines.push_back(formatted("Another load than main's{}: {}.", of, load));
    if (target.cause) text.lines.push_back(formatted("Why{}: {}.", of, *target.cause));
    if (const std::string words = keeping_words(*target.judged, target.keeping); !words.empty())
        text.lines.push_back(formatted("Keeps every limit{}: {}.", of, words));
    if (target.remedy) text.lines.push_back(*target.remedy);
    if (const std::string others = other_changes(*target.judged); !others.empty())
        text.lines.push_back(formatted("Also{}: {}.", of, others));
}

std::vector<CommentRow> rows_in_order(const std::vector<CommentedTarget>& targets,
                                      const std::vector<std::vector<Delta>>& changes) {
    std::vector<CommentRow> rows;
    for (std::size_t i = 0; i < targets.size(); ++i)
        for (const Check& check : targets[i].judged->checks) {
            const auto of_metric = [&](const Delta& d) { return d.metric->id == check.metric; };
            const auto found = std::ranges::find_if(changes[i], of_metric);
            rows.push_back({&check, &targets[i], found == changes[i].end() ? nullptr : &*found});
        }
    std::ranges::stable_sort(rows, {}, rank_of);
    return rows;
}

}  // namespace

Report comment_report(const std::vector<std::string>& budgets,
                      const std::vector<CommentedTarget>& targets) {
    std::vector<std::vector<Delta>> changes;
    std::vector<Check> checks;
    bool compares = false;
    for (const CommentedTarget& target : targets) {
        changes.push_back(changes_of(*target.judged));
        compares |= target.judged->baseline != nullptr;
        checks.insert(checks.end(), target.judged->checks.begin(), target.judged->checks.end());
    }
    const std::vector<CommentRow> rows = rows_in_order(targets, changes);
    Report report{.command = "check", .marker = std::string(marker)};
    report.verdict = comment_verdict(checks);
    report.blocks.emplace_back(comment_table(rows, budgets.size() > 1, compares));
    Text text;
    add_sentences(rows, text);
    for (const CommentedTarget& target : targets) add_reasons(target, targets.size() > 1, text);
    if (!text.lines.empty()) report.blocks.emplace_back(std::move(text));
    return report;
}

Report comment_report(const Check& unreadable) {
    Report report{.command = "check", .marker = std::string(marker)};
    report.verdict = formatted("❌ roofline: {} cannot be judged", unreadable.file);
    report.blocks.emplace_back(Text{{formatted("error[{}] {}: {}", code_name(*unreadable.error),
                                               place_text(unreadable.where), unreadable.why)}});
    return report;
}

}  // namespace roofline
