#include "sweep_lines.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/figure_cells.hpp"
#include "sweep_rows.hpp"
#include "text/formatted.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

namespace roofline {
namespace {

// What is shared by the rows, which are made while they are written, and the end of the run.
struct Run {
    LinesQuestion question;
    std::set<std::string> told = {};  ///< notes
    std::size_t told_overrides = 0;
    Ending met = {};
    std::uint64_t untold_faults = 0;

    PointAnswer answer(const std::vector<GivenField>& given) const {
        Deployment deployment = question.base;
        for (const GivenField& one : given)
            set_field(deployment, *one.field, one.text, question.asking);
        if (!deployment.model || !deployment.device)
            fail(ErrorCode::bad_record,
                 formatted("no {} is named", deployment.model ? "hw" : "model"),
                 R"(add "model" and "hw")");
        refuse_load_conflict(deployment);
        resolve_price(deployment, question.asking.catalog);
        return answer_of(evaluate(deployment, question.knowledge), question.basis);
    }

    PointAnswer bad_line(const Fault& asked) {
        met.status = Exit::input;
        Fault fault = in_dialect(asked, Dialect::keys);
        const PointAnswer answer = answer_of(Fault{.code = fault.code, .message = fault.message});
        fault.code = exit_status(fault.code) == Exit::input ? fault.code : ErrorCode::bad_record;
        fault.where = {
            .file = question.file, .line = question.lines->line(), .column = fault.where.column};
        constexpr std::size_t most_told = 20;
        if (met.faults.size() < most_told)
            met.faults.push_back(std::move(fault));
        else
            ++untold_faults;
        return answer;
    }

    // A note of many lines is said once.
    void take_notes() {
        std::vector<WarningNote>& notes = question.asking.notes;
        for (WarningNote& note : notes)
            if (told.insert(note.message).second) met.notes.push_back(std::move(note));
        notes.clear();
    }

    Ending ending() const {
        Ending result = met;
        const std::vector<std::string>& overrides = question.asking.catalog.used_overrides();
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

    bool next(Row& row) {
        if (question.interrupted()) return false;
        std::vector<GivenField> given;
        PointAnswer answer;
        try {
            if (!question.lines->next(given)) return false;
            answer = this->answer(given);
        } catch (const UserError& error) {
            answer = bad_line(error.fault());
        }
        take_notes();
        row.clear();
        row.emplace_back(static_cast<double>(question.lines->line()));
        for (const GivenColumn& column : question.lines->columns()) {
            const auto found = std::ranges::find(given, column.field, &GivenField::field);
            row.push_back(found == given.end() ? Cell() : cell_of(found->shown));
        }
        add_answer_cells(answer, Dialect::keys, row);
        return true;
    }
};

Table table_of(const std::vector<GivenColumn>& given) {
    Table table{.title = "", .columns = {{"line", "line", 9}}, .next = {}, .list = "points"};
    for (const GivenColumn& one : given) {
        table.columns.push_back(column_of(*one.field));
        table.columns.back().title = table.columns.back().key = one.key;
    }
    constexpr std::array<const Metric*, 1> asked{&the_metric("usd_per_1m_output")};
    add_answer_columns(asked, table.columns);
    return table;
}

}  // namespace

Streamed sweep_lines(LinesQuestion question, const Calibration& calibration) {
    const auto run = std::make_shared<Run>(Run{.question = std::move(question)});
    const Asking& asking = run->question.asking;
    for (const WarningNote& note : asking.notes) run->told.insert(note.message);
    run->told_overrides = asking.catalog.used_overrides().size();
    Report report{.command = "sweep"};
    report.verdict = formatted("the scenarios of {} ({} figures)", run->question.file,
                               name_of(run->question.basis));
    report.inputs.add("scenarios", run->question.file).add("basis", name_of(run->question.basis));
    if (auto note = calibration_note(calibration)) report.assumptions.push_back(std::move(*note));
    Table table = table_of(run->question.lines->columns());
    table.next = [run](Row& row) { return run->next(row); };
    report.blocks.emplace_back(std::move(table));
    return {.report = std::move(report), .ending = [run] { return run->ending(); }};
}

}  // namespace roofline
