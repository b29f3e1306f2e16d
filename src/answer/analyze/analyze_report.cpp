#include "analyze_report.hpp"

#include "answer/deployment/bound_reason.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/phase_report.hpp"
#include "answer/expectation.hpp"
#include "answer/figure_cells.hpp"
#include "answer/lever_table.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "answer/memory/memory_report.hpp"
#include "answer/time_table.hpp"
#include "answer/words.hpp"
#include "evaluate/expected_range.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

// What one pass of a phase answers, and what the pass is called, by Pass.
struct PassWords {
    std::string_view each;
    std::string_view called;
};
constexpr std::array pass_words{PassWords{"input", ""}, PassWords{"token", " step"},
                                PassWords{"pass", ""}};

const PassWords& words_of(Pass pass) { return pass_words[static_cast<std::size_t>(pass)]; }

// Tokens of a pass in the time that it is expected to take, else at best.
TokensPerSecond rate_of(const PhaseOutcome& phase, std::optional<Seconds> expected) {
    return phase.tokens_per_second * (expected ? phase.time.total() / *expected : 1);
}

// "13.3 ms per token expected (9.61 ms at best), 2,413 tokens/s": what is expected comes first.
std::string times_words(const Evaluation& evaluation) {
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    const PhaseOutcome& phase = step.bound.main();
    const auto expected = expected_of(step, phase);
    const std::string best = humanize(phase.time.total());
    const std::string_view each = words_of(phase.pass).each;
    const Figures& figures = evaluation.on(expected ? Basis::expected : Basis::bound);
    std::string words =
        expected
            ? formatted("{} per {} expected ({} at best), {} while decoding", humanize(*expected),
                        each, best, humanize(rate_of(phase, expected)))
            : formatted("{} per {} at best, {}", best, each, humanize(phase.tokens_per_second));
    if (figures.bill)
        words +=
            formatted(", {} per 1M output with its prompts",
                      humanize(Measure(figures.bill->per_1m_output(), figures.bill->currency)));
    return words;
}

std::string verdict(const Prepared& prepared, const Evaluation& evaluation) {
    const Deployment& d = prepared.deployment;
    const PhaseOutcome& phase = evaluation.step().main();
    return formatted("{} on {}, batch {}: {}; {}-bound: {}", d.model->id, hardware_words(d),
                     humanize_number(*d.batch), times_words(evaluation),
                     name_of(phase.time.bound()), bound_reason(prepared, phase));
}

// Eight in ten measured runs lie within.
Cell range_cell(const PhaseOutcome& phase, const Evaluation& evaluation) {
    const Metric& metric = phase.pass == Pass::prompt ? the_metric("ttft") : the_metric("tpot");
    const auto range = expected_range(evaluation, metric);
    if (!range) return {};
    return range_words({range->low, metric.dimension}, {range->high, metric.dimension});
}

Row phase_row(const Evaluation& evaluation, const PhaseOutcome& phase) {
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    const Bound bound = phase.time.bound();
    const auto expected = expected_of(step, phase);
    return {phase.name,
            expected ? Cell(Measure(*expected)) : Cell(),
            range_cell(phase, evaluation),
            Measure(phase.time.total()),
            rate_of(phase, expected).in(token / second),
            phase.time.intensity().in(flop / byte),
            Label{std::string(name_of(bound)), role_of(bound)},
            Measure(phase.time.traffic.total()),
            Measure(phase.time.flops),
            Measure(phase.time.traffic.activations)};
}

std::string phase_note(const Layout& layout) {
    if (layout.gpus() == 1) return {};
    const double stages = layout.pipeline;
    if (stages == 1) return "work and bytes per GPU, tokens/s of all";
    return formatted(
        "work and bytes of one GPU in each of the {} stages, added up; a prompt in pieces, in all "
        "stages at once; tokens/s of all",
        stages);
}

Table phase_table(const Evaluation& evaluation) {
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    std::vector<std::string> notes;
    if (const std::string note = phase_note(step.bound.layout); !note.empty())
        notes.push_back(note);
    if (step.expected && !evaluation.measured)
        notes.push_back("expected: " + expectation_words(evaluation));
    std::vector<Row> rows;
    for (const PhaseOutcome& phase : step.bound.phases)
        rows.push_back(phase_row(evaluation, phase));
    return {.title = "",
            .columns = {{"phase", "phase"},
                        {"expected", "expected_s", 3, Need::if_filled},
                        {"eight in ten", "expected_range", 3, Need::if_room},
                        {"at best", "bound_s"},
                        {step.expected ? "tokens/s" : "tokens/s at best", "tokens_per_s"},
                        {"FLOP/byte", "intensity_flop_per_byte", 3, Need::if_room},
                        {"bound", "bound"},
                        {"bytes", "bytes", 3, Need::if_room},
                        {"work", "flops", 3, Need::if_room},
                        {"between operators", "activation_bytes", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

// All operators of a kind, at best, longest first.
struct OperatorRow {
    OperatorKind kind;
    Precision precision;
    Bound bound;
    Flops work;
    Bytes bytes;  ///< moved: through the link, of what that bounds
    Seconds best;
};

std::vector<OperatorRow> operator_rows(const Prepared& prepared, const PhaseOutcome& phase) {
    std::vector<OperatorRow> rows;
    for (const OperatorTime& op : operators_of(prepared, phase)) {
        if (op.timing.total() == Seconds()) continue;
        auto row = std::ranges::find(rows, op.kind, &OperatorRow::kind);
        if (row == rows.end())
            row = rows.insert(row, {op.kind, op.precision, op.timing.bound(), {}, {}, {}});
        row->work += op.work.flops;
        row->bytes += row->bound == Bound::network ? op.work.network : op.work.traffic.total();
        row->best += op.timing.total();
    }
    return rows;
}

bool reads_cache(OperatorKind kind) {
    return kind == OperatorKind::attention || kind == OperatorKind::indexer ||
           kind == OperatorKind::recurrence;
}

// What reads the cache or a state is one part of what is expected: each has of it what it has of
// their time at best.
std::optional<Seconds> expected_of(const OperatorRow& row, const std::vector<OperatorRow>& rows,
                                   const std::vector<StepPart>& parts) {
    Seconds cached;
    for (const OperatorRow& other : rows)
        if (reads_cache(other.kind)) cached += other.best;
    std::optional<Seconds> sum;
    for (const StepPart& part : parts) {
        const bool shared = part.kind == OperatorKind::attention;
        if (shared ? !reads_cache(row.kind) : part.kind != row.kind) continue;
        sum = sum.value_or(Seconds()) + (shared ? row.best / cached : 1) * part.time;
    }
    return sum;
}

// Of the main phase; `parts` are what a decode step is expected to take.
Table operator_table(const Prepared& prepared, const PhaseOutcome& phase,
                     const std::vector<StepPart>& parts) {
    TimeTable table{.name = formatted("{}{}", phase.name, words_of(phase.pass).called),
                    .rows = {},
                    .more = {{"bound", "bound", 3, Need::if_room},
                             {"bytes", "bytes", 3, Need::if_room},
                             {"work", "flops", 3, Need::if_room},
                             {"dtype", "dtype", 3, Need::if_room}},
                    .notes = {}};
    const std::vector<OperatorRow> rows = operator_rows(prepared, phase);
    for (const OperatorRow& row : rows) {
        table.rows.push_back(
            {.name = std::string(name_of(row.kind)),
             .best = row.best,
             .expected = expected_of(row, rows, parts),
             .role = role_of(row.bound),
             .more = {Label{std::string(name_of(row.bound)), role_of(row.bound)},
                      Measure(row.bytes), row.work > Flops() ? Cell(Measure(row.work)) : Cell(),
                      std::string(name_of(row.precision))}});
    }
    for (const StepPart& part : parts)
        if (!part.kind)
            table.rows.push_back({.name = std::string(name_of(part.term)),
                                  .best = std::nullopt,
                                  .expected = part.time,
                                  .more = std::vector<Cell>(table.more.size())});
    return time_table(std::move(table));
}

List part_list(const std::vector<StepPart>& parts) {
    List list;
    for (const StepPart& part : parts)
        list.emplace_back(Record()
                              .add("name", part.kind ? name_of(*part.kind) : name_of(part.term))
                              .add("term", name_of(part.term))
                              .add("expected", part.time));
    return list;
}

}  // namespace

Report analyze_report(const Prepared& prepared, const Evaluation& evaluation,
                      const std::vector<StepPart>& parts, const std::vector<HelpfulLever>& levers) {
    const Deployment& d = prepared.deployment;
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    const Outcome& outcome = step.bound;
    Report report{.command = "analyze", .verdict = verdict(prepared, evaluation)};
    report.verdict += doubt_verdict(d, evaluation.memory);
    report.inputs = inputs_of(d);
    report.result.add("model", model_record(d))
        .add("memory", memory_record(prepared, outcome.memory));
    add_phases(prepared, step, report.result);
    report.result.add("expected_parts", part_list(parts))
        .add("metrics", metrics_record(evaluation.on(Basis::bound)))
        .add("metrics_expected", metrics_record(evaluation.on(Basis::expected)))
        .add("metrics_pessimistic", metrics_record(evaluation.on(Basis::pessimistic)))
        .add("expectation", step.expected ? Value(expectation_record(evaluation)) : Value())
        .add("levers", lever_list(levers, evaluation))
        .add("cost", outcome.bill ? Value(cost_record(*outcome.bill, "bound", d)) : Value());
    report.blocks.emplace_back(phase_lines(prepared, outcome.memory, step));
    report.blocks.emplace_back(Text{{detail_words(d)}});
    report.blocks.emplace_back(memory_bar(prepared, outcome.memory));
    report.blocks.emplace_back(phase_table(evaluation));
    report.blocks.emplace_back(operator_table(prepared, outcome.main(), parts));
    if (!levers.empty()) report.blocks.emplace_back(lever_table(levers, evaluation));
    report.warnings = deployment_warnings(prepared);
    report.assumptions = bound_assumptions(prepared);
    if (step.expected) report.assumptions.push_back(expected_note(d));
    return report;
}

}  // namespace roofline
