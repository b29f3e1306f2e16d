#include "validation_report.hpp"

#include "error/dialect.hpp"
#include "error_record.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "validated_rows.hpp"

namespace roofline {
namespace {

std::string counted_rows(std::size_t count) {
    return formatted("{} row{}", humanize_number(static_cast<double>(count)),
                     count == 1 ? "" : "s");
}

Record sets_record(const ErrorSets& sets) {
    Record record;
    for (std::size_t i = 0; i < compared_figures.size(); ++i)
        record.add(compared_figures[i].key, error_record(summary_of(sets.by_figure[i])));
    return record;
}

void add_rows(const std::string& name, const ErrorSets& sets, std::vector<Row>& rows) {
    for (std::size_t i = 0; i < compared_figures.size(); ++i) {
        if (sets.by_figure[i].empty()) continue;
        const ErrorSummary summary = summary_of(sets.by_figure[i]);
        rows.push_back({name, std::string(compared_figures[i].title),
                        static_cast<double>(summary.n), humanize_percent(summary.median),
                        humanize_percent(summary.mean), humanize_percent(summary.p90),
                        humanize_percent(summary.bias)});
    }
}

Table error_table(std::string title, std::vector<Row> rows) {
    return {.title = std::move(title),
            .columns = {{"rows of", "group"},
                        {"figure", "figure"},
                        {"n", "n"},
                        {"median", "median_ape"},
                        {"mean", "mean_ape"},
                        {"P90", "p90_ape"},
                        {"bias", "bias", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

std::string verdict_of(const ErrorSets& sets) {
    if (sets.compared() == 0)
        return "no row could be compared with a measurement: none has tpot_ms, ttft_ms, e2e_ms or "
               "output_tokens_per_s";
    std::string text;
    for (std::size_t i = 0; i < compared_figures.size(); ++i) {
        const std::vector<double>& errors = sets.by_figure[i];
        if (errors.empty()) continue;
        text += formatted("{}{} off by {} in the median of {}", text.empty() ? "" : ", ",
                          compared_figures[i].title, humanize_percent(summary_of(errors).median),
                          counted_rows(errors.size()));
    }
    return text;
}

void add_groups(const ErrorsBy& errors, const std::vector<const RowGroup*>& by, Report& report) {
    Record groups_record;
    for (std::size_t i = 0; i < by.size(); ++i) {
        if (errors.groups[i].empty()) continue;
        std::vector<Row> lines;
        Record members;
        for (const auto& [name, group] : errors.groups[i]) {
            add_rows(name, group, lines);
            members.add(name, sets_record(group));
        }
        report.blocks.emplace_back(error_table(formatted("By {}", by[i]->name), std::move(lines)));
        groups_record.add(by[i]->name, std::move(members));
    }
    report.result.add("by", std::move(groups_record));
}

void add_skipped(const Validation& validation, Report& report) {
    List skipped;
    Text skips;
    for (const auto& [why, count] : validation.skipped) {
        const std::string reason = in_dialect(why, Dialect::keys);
        skipped.emplace_back(
            Record().add("reason", reason).add("rows", static_cast<double>(count)));
        skips.lines.push_back(formatted("{} skipped: {}", counted_rows(count), reason));
    }
    if (!skips.lines.empty()) report.blocks.emplace_back(std::move(skips));
    report.result.add("skipped", std::move(skipped));
}

std::vector<WarningNote> warnings_of(const Validation& validation) {
    std::vector<WarningNote> warnings;
    std::size_t impossible = 0;
    const ValidatedRow* first = nullptr;
    for (const ValidatedRow& row : validation.rows)
        if (row.row.skip.empty() && beats_the_data_sheet(row.row, row.predicted) &&
            ++impossible == 1)
            first = &row;
    if (first != nullptr)
        warnings.push_back(
            {"W306",
             formatted("{} faster than the data sheet allows, first in line {}: {} per token "
                       "against {}; is tpot_ms in milliseconds?",
                       counted_rows(impossible), first->row.line,
                       humanize(*first->row.time_per_token),
                       humanize(first->predicted.least_time_per_token))});
    if (!validation.unread_columns.empty())
        warnings.push_back({"W304", formatted("columns that say nothing here: {}",
                                              joined(validation.unread_columns, ", "))});
    return warnings;
}

}  // namespace

Report validation_report(const std::string& file, const Validation& validation,
                         const ErrorsBy& errors, const std::vector<const RowGroup*>& by) {
    Report report{.command = "validate", .verdict = verdict_of(errors.all)};
    report.inputs.add("file", file);
    report.result.add("summary", sets_record(errors.all));
    report.blocks.emplace_back(row_table(validation));
    std::vector<Row> overall;
    add_rows("all", errors.all, overall);
    report.blocks.emplace_back(error_table("", std::move(overall)));
    add_groups(errors, by, report);
    add_skipped(validation, report);
    List rows;
    for (const ValidatedRow& validated : validation.rows) rows.push_back(row_value(validated));
    report.result.add("rows", std::move(rows));
    report.warnings = warnings_of(validation);
    return report;
}

}  // namespace roofline
