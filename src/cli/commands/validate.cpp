#include "roofline/error/user_error.hpp"
#include "roofline/measure/validation.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/measure/error_record.hpp"
#include "answer/measure/validated_rows.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/choice.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

namespace roofline::cli {
namespace {

struct Group {
    std::string_view name;
    std::string (*of)(const MeasuredRow&);
};

// Powers of two: "33-64".
std::string power_bucket(double number) {
    double top = 1;
    while (top < number) top *= 2;
    return top <= 1 ? "1" : formatted("{}-{}", top / 2 + 1, top);
}

std::string load_bucket(const MeasuredRow& row) {
    const Deployment& d = row.deployment;
    return d.batch ? "batch " + power_bucket(*d.batch) : power_bucket(*d.concurrency);
}

constexpr std::array groups{
    Group{"model", [](const MeasuredRow& row) { return row.deployment.model->id; }},
    Group{"device", [](const MeasuredRow& row) { return row.deployment.device->id; }},
    Group{"engine",
          [](const MeasuredRow& row) {
              return std::string(name_of(row.deployment.engine.value_or(default_engine)));
          }},
    Group{"concurrency", load_bucket},
    Group{"group", [](const MeasuredRow& row) { return row.group; }},
};

// "5-8" before "17-32": names that begin with numbers by their numbers.
struct ByNumber {
    bool operator()(const std::string& a, const std::string& b) const {
        const double left = std::atof(a.c_str());   // NOLINT(cert-err34-c): 0 where there is none
        const double right = std::atof(b.c_str());  // NOLINT(cert-err34-c)
        return left != right ? left < right : a < b;
    }
};

std::string counted_rows(std::size_t count) {
    return formatted("{} row{}", humanize_number(static_cast<double>(count)),
                     count == 1 ? "" : "s");
}

struct ErrorSets {
    std::vector<double> time_per_token;
    std::vector<double> time_to_first_token;
    std::vector<double> end_to_end;
    std::vector<double> output;

    std::size_t compared() const {
        return time_per_token.size() + time_to_first_token.size() + end_to_end.size() +
               output.size();
    }
    void add(const RowErrors& errors) {
        if (errors.time_per_token) time_per_token.push_back(*errors.time_per_token);
        if (errors.time_to_first_token) time_to_first_token.push_back(*errors.time_to_first_token);
        if (errors.end_to_end) end_to_end.push_back(*errors.end_to_end);
        if (errors.output) output.push_back(*errors.output);
    }
};

Record sets_record(const ErrorSets& sets) {
    return Record()
        .add("tpot", error_record(summary_of(sets.time_per_token)))
        .add("ttft", error_record(summary_of(sets.time_to_first_token)))
        .add("e2e", error_record(summary_of(sets.end_to_end)))
        .add("tokens_per_s", error_record(summary_of(sets.output)));
}

void add_rows(const std::string& name, const ErrorSets& sets, std::vector<Row>& rows) {
    const auto add = [&](std::string figure, const std::vector<double>& errors) {
        if (errors.empty()) return;
        const ErrorSummary summary = summary_of(errors);
        rows.push_back({name, std::move(figure), static_cast<double>(summary.n),
                        humanize_percent(summary.median), humanize_percent(summary.mean),
                        humanize_percent(summary.p90), humanize_percent(summary.bias)});
    };
    add("TPOT", sets.time_per_token);
    add("TTFT", sets.time_to_first_token);
    add("E2E", sets.end_to_end);
    add("tokens/s/GPU", sets.output);
}

Table error_table(std::string title, std::vector<Row> rows) {
    return {.title = std::move(title),
            .columns = {{"ROWS OF", "group"},
                        {"FIGURE", "figure"},
                        {"N", "n"},
                        {"MEDIAN", "median_ape"},
                        {"MEAN", "mean_ape"},
                        {"P90", "p90_ape"},
                        {"BIAS", "bias", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

std::vector<const Group*> wanted_groups(const Arguments& arguments) {
    std::vector<const Group*> result;
    const auto list = arguments.text("by");
    if (!list) {
        for (const Group& group : groups) result.push_back(&group);
        return result;
    }
    const auto names = names_of(groups, &Group::name);
    for (const std::string& name : split_list(*list, "--by"))
        result.push_back(&groups[choice(name, "--by", "way to group rows", names)]);
    return result;
}

std::string verdict_of(const ErrorSets& sets) {
    if (sets.compared() == 0)
        return "no row could be compared with a measurement: none has tpot_ms, ttft_ms, e2e_ms or "
               "output_tokens_per_s";
    std::string text;
    const auto add = [&](std::string_view name, const std::vector<double>& errors) {
        if (errors.empty()) return;
        text += formatted("{}{} off by {} in the median of {}", text.empty() ? "" : ", ", name,
                          humanize_percent(summary_of(errors).median), counted_rows(errors.size()));
    };
    add("TPOT", sets.time_per_token);
    add("TTFT", sets.time_to_first_token);
    add("E2E", sets.end_to_end);
    add("tokens/s/GPU", sets.output);
    return text;
}

using Groups = std::map<std::string, ErrorSets, ByNumber>;

/// The errors of all rows, and of each group in each of the ways to group them.
struct Errors {
    ErrorSets all;
    std::vector<Groups> groups;
};

Errors errors_by(const Validation& validation, const std::vector<const Group*>& by) {
    Errors errors{.all = {}, .groups = std::vector<Groups>(by.size())};
    for (const ValidatedRow& validated : validation.rows) {
        const RowErrors one = errors_of(validated);
        errors.all.add(one);
        if (!validated.row.skip.empty()) continue;
        for (std::size_t i = 0; i < by.size(); ++i) {
            const std::string name = by[i]->of(validated.row);
            if (!name.empty()) errors.groups[i][name].add(one);
        }
    }
    return errors;
}

void add_groups(const Errors& errors, const std::vector<const Group*>& by, Report& report) {
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
    for (const auto& [reason, count] : validation.skipped) {
        skipped.emplace_back(
            Record().add("reason", reason).add("rows", static_cast<double>(count)));
        skips.lines.push_back(formatted("{} skipped: {}", counted_rows(count), reason));
    }
    if (!skips.lines.empty()) report.blocks.emplace_back(std::move(skips));
    report.result.add("skipped", std::move(skipped));
}

void add_warnings(const Validation& validation, Report& report) {
    std::size_t impossible = 0;
    const ValidatedRow* first = nullptr;
    for (const ValidatedRow& row : validation.rows)
        if (row.row.skip.empty() && beats_the_data_sheet(row.row, row.predicted) &&
            ++impossible == 1)
            first = &row;
    if (first != nullptr)
        report.warnings.push_back(
            {"W306",
             formatted("{} faster than the data sheet allows, first in line {}: {} per token "
                       "against {}; is tpot_ms in milliseconds?",
                       counted_rows(impossible), first->row.line,
                       humanize(*first->row.time_per_token),
                       humanize(first->predicted.least_time_per_token))});
    if (!validation.unread_columns.empty())
        report.warnings.push_back({"W304", formatted("columns that say nothing here: {}",
                                                     joined(validation.unread_columns, ", "))});
}

}  // namespace

Answer run_validate(const Arguments& arguments, Session& session) {
    const std::vector<const Group*> by = wanted_groups(arguments);
    const Calibration calibration = calibration_from(arguments);
    const Validation validation = validate(arguments.positionals()[0], session.catalog,
                                           fitted_efficiency(), calibration.scales);
    const Errors errors = errors_by(validation, by);
    List rows;
    for (const ValidatedRow& validated : validation.rows) rows.push_back(row_value(validated));
    Report report{.command = "validate", .verdict = verdict_of(errors.all)};
    report.inputs.add("file", arguments.positionals()[0]);
    report.result.add("summary", sets_record(errors.all));
    report.blocks.emplace_back(row_table(validation));
    std::vector<Row> overall;
    add_rows("all", errors.all, overall);
    report.blocks.emplace_back(error_table("", std::move(overall)));
    add_groups(errors, by, report);
    add_skipped(validation, report);
    report.result.add("rows", std::move(rows));
    add_warnings(validation, report);
    return {.report = std::move(report),
            .status = errors.all.compared() > 0 ? Exit::ok : Exit::negative};
}

}  // namespace roofline::cli
