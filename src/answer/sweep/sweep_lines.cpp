#include "sweep_lines.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "ask/scenario_lines.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/interrupt.hpp"
#include "sweep_rows.hpp"
#include "text/formatted.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>

namespace roofline::cli {
namespace {

// What is shared by the rows, which are made while they are written, and the end of the run.
struct Run {
    std::unique_ptr<ScenarioLines> lines;
    std::string file;
    Deployment base;
    Knowledge knowledge;
    Basis basis;
    std::set<std::string> told = {};  ///< notes
    std::size_t told_overrides = 0;
    Ending met = {};
    std::uint64_t untold_faults = 0;

    PointAnswer answer(const std::vector<GivenField>& given, Session& session) const {
        Deployment deployment = base;
        for (const GivenField& one : given)
            set_field(deployment, one.field->name, one.text, session);
        if (!deployment.model || !deployment.device)
            fail(ErrorCode::bad_record,
                 formatted("no {} is named", deployment.model ? "hw" : "model"),
                 R"(add "model" and "hw")");
        refuse_load_conflict(deployment);
        resolve_price(deployment, session.catalog);
        return answer_of(evaluate(deployment, knowledge), basis);
    }

    PointAnswer bad_line(Fault fault) {
        met.status = static_cast<int>(Exit::input);
        const PointAnswer answer = answer_of(Fault{.code = fault.code, .message = fault.message});
        fault.code = exit_status(fault.code) == Exit::input ? fault.code : ErrorCode::bad_record;
        fault.where = {.file = file, .line = lines->line(), .column = fault.where.column};
        constexpr std::size_t most_told = 20;
        if (met.faults.size() < most_told)
            met.faults.push_back(std::move(fault));
        else
            ++untold_faults;
        return answer;
    }

    // A note of many lines is said once.
    void take_notes(Session& session) {
        for (WarningNote& note : session.notes)
            if (told.insert(note.message).second) met.notes.push_back(std::move(note));
        session.notes.clear();
    }

    Ending ending(const Catalog& catalog) const {
        Ending result = met;
        const std::vector<std::string>& overrides = catalog.used_overrides();
        for (std::size_t i = told_overrides; i < overrides.size(); ++i)
            result.notes.push_back(
                {.code = "N202",
                 .message = formatted("instead of the built-in catalog: {}", overrides[i]),
                 .severity = Severity::note});
        if (untold_faults > 0)
            result.more = formatted("… and {} more line{} like these", untold_faults,
                                    untold_faults == 1 ? "" : "s");
        return result;
    }

    bool next(Row& row, Session& session) {
        if (interrupted() != 0) {
            met.status = interrupted();
            return false;
        }
        std::vector<GivenField> given;
        PointAnswer answer;
        try {
            if (!lines->next(given)) return false;
            answer = this->answer(given, session);
        } catch (const UserError& error) {
            answer = bad_line(error.fault());
        }
        take_notes(session);
        row.clear();
        row.emplace_back(static_cast<double>(lines->line()));
        for (const GivenColumn& column : lines->columns()) {
            const auto found = std::ranges::find(given, column.field, &GivenField::field);
            row.push_back(found == given.end() ? Cell() : found->shown);
        }
        add_answer_cells(answer, row);
        return true;
    }
};

void refuse_choices(const Arguments& arguments, const std::string& path) {
    for (const std::string_view flag : {"where", "pareto", "sort", "top", "limit", "shard"})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} chooses among points, and every line of {} has its row", flag,
                           path),
                 "leave it out");
}

// What lines leave out.
Deployment base_from(const Arguments& arguments, const std::string& path, Session& session) {
    Deployment base;
    for (const Arguments::Given& given : arguments.flags()) {
        const Field* field = find_field(given.name);
        if (field == nullptr) continue;
        if (is_ranged(*field, given.value))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} has several values, and every line of {} is one point", given.name,
                           path),
                 "give it one value, for the lines that have none of their own");
        set_field(base, given.name, given.value, session);
    }
    return base;
}

Table table_of(const std::vector<GivenColumn>& given) {
    Table table{.title = "", .columns = {{"line", "line", 9}}, .next = {}, .list = "points"};
    for (const GivenColumn& one : given) {
        table.columns.push_back(column_of(*one.field));
        table.columns.back().title = table.columns.back().key = one.key;
    }
    add_answer_columns(true, table.columns);
    return table;
}

}  // namespace

bool names_scenarios(const std::string& positional) {
    return positional == "-" || positional.ends_with(".jsonl") || positional.ends_with(".csv");
}

Answer sweep_lines(const Arguments& arguments, const Calibration& calibration, Basis basis,
                   Session& session) {
    const std::string& path = arguments.positionals()[0];
    refuse_choices(arguments, path);
    const auto run = std::make_shared<Run>(
        Run{.lines = {},
            .file = path == "-" ? "<stdin>" : path,
            .base = base_from(arguments, path, session),
            .knowledge = {.assumptions = session.assumptions, .scales = calibration.scales},
            .basis = basis});
    run->lines = scenario_lines(path);
    for (const WarningNote& note : session.notes) run->told.insert(note.message);
    run->told_overrides = session.catalog.used_overrides().size();
    Report report{.command = "sweep"};
    report.verdict = formatted("the scenarios of {} ({} figures)", run->file, name_of(basis));
    report.inputs.add("scenarios", run->file).add("basis", name_of(basis));
    assume_calibration(calibration, report);
    Table table = table_of(run->lines->columns());
    table.next = [run, &session](Row& row) { return run->next(row, session); };
    report.blocks.emplace_back(std::move(table));
    return {.report = std::move(report),
            .ending = [run, &session] { return run->ending(session.catalog); }};
}

}  // namespace roofline::cli
