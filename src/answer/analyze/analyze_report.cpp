#include "analyze_report.hpp"

#include "answer/deployment/bound_reason.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/phase_report.hpp"
#include "answer/expectation.hpp"
#include "answer/figure_cells.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "answer/memory/memory_report.hpp"
#include "answer/words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <array>
#include <cctype>
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

std::string verdict(const Prepared& prepared, const PhaseOutcome& phase) {
    return formatted("{} is {}-bound: {}. At best {} per {}, {}", phase.name,
                     name_of(phase.time.bound()), bound_reason(prepared, phase),
                     humanize(phase.time.total()), words_of(phase.pass).each,
                     humanize(phase.tokens_per_second));
}

Row phase_row(const PhaseOutcome& phase, std::optional<Seconds> expected) {
    const Bound bound = phase.time.bound();
    return {phase.name,
            Label{std::string(name_of(bound)), role_of(bound)},
            Measure(phase.time.total()),
            expected ? Cell(Measure(*expected)) : Cell(),
            phase.tokens_per_second.in(token / second),
            phase.time.intensity().in(flop / byte),
            Measure(phase.time.traffic.total()),
            Measure(phase.time.flops),
            Measure(phase.time.traffic.activations)};
}

std::string phase_note(const Deployment& d, const Layout& layout) {
    std::string note = formatted("prefill: one prompt of {} tokens", humanize_number(*d.isl));
    if (d.model->causal)
        note += formatted(
            "; decode: one step of {} with {} tokens in the cache",
            *d.batch == 1 ? "one sequence" : humanize_number(*d.batch) + " sequences, each",
            humanize_number(*d.context));
    const double stages = layout.pipeline;
    if (stages > 1)
        note += formatted(
            "; work and bytes of one GPU in each of the {} stages, added up; a prompt "
            "in pieces, in all stages at once",
            stages);
    else if (layout.gpus() > 1)
        note += "; work and bytes per GPU";
    if (layout.gpus() > 1) note += ", tokens/s of all";
    return note;
}

Table phase_table(const Prepared& prepared, const Evaluation& evaluation) {
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    std::vector<std::string> notes{phase_note(prepared.deployment, step.bound.layout)};
    if (step.expected) notes.push_back("expected: " + expectation_words(evaluation));
    std::vector<Row> rows;
    for (const PhaseOutcome& phase : step.bound.phases)
        rows.push_back(phase_row(phase, expected_of(step, phase)));
    return {.title = "",
            .columns = {{"PHASE", "phase"},
                        {"BOUND", "bound"},
                        {"AT BEST", "bound_s"},
                        {"EXPECTED", "expected_s", 3, Need::if_room},
                        {"TOKENS/S", "bound_tokens_per_s", 3, Need::if_room},
                        {"FLOP/BYTE", "intensity_flop_per_byte", 3, Need::if_room},
                        {"BYTES", "bytes", 3, Need::if_room},
                        {"WORK", "flops", 3, Need::if_room},
                        {"BETWEEN OPERATORS", "activation_bytes", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

Table operator_table(const Prepared& prepared, const PhaseOutcome& phase) {
    std::vector<Row> rows;
    for (const OperatorTime& op : operators_of(prepared, phase)) {
        if (op.timing.total() == Seconds()) continue;
        const Bound bound = op.timing.bound();
        const bool moves = bound == Bound::network;
        rows.push_back({std::string(name_of(op.kind)), std::string(name_of(op.precision)),
                        op.work.flops > Flops() ? Cell(Measure(op.work.flops)) : Cell(),
                        Measure(moves ? op.work.network : op.work.traffic.total()),
                        Measure(op.timing.total()),
                        Share{op.timing.total() / phase.time.total(), role_of(bound)},
                        Label{std::string(name_of(bound)), role_of(bound)}});
    }
    std::string title = phase.name;
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    return {.title = formatted("{}{}, operator by operator", title, words_of(phase.pass).called),
            .columns = {{"OPERATOR", "operator"},
                        {"DTYPE", "dtype", 3, Need::if_room},
                        {"WORK", "flops", 3, Need::if_room},
                        {"BYTES", "bytes", 3, Need::if_room},
                        {"TIME", "bound_s"},
                        {"SHARE", "share"},
                        {"BOUND", "bound", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

// Of the main phase, negative when it helps.
double change_of(const Lever& lever, const Outcome& now) {
    return lever.outcome.main().time.total() / now.main().time.total() - 1;
}

List lever_list(const std::vector<Lever>& levers, const Outcome& now) {
    List list;
    for (const Lever& lever : levers)
        list.emplace_back(Record()
                              .add("change", lever_words(lever))
                              .add("gpus", lever.outcome.layout.gpus())
                              .add("bound", lever.outcome.main().time.total())
                              .add("relative_change", change_of(lever, now)));
    return list;
}

Text lever_text(const std::vector<Lever>& levers, const Outcome& now) {
    std::vector<std::string> words;
    for (const Lever& lever : levers) {
        const double gpus = lever.outcome.layout.gpus();
        const std::string more =
            gpus > now.layout.gpus() ? formatted(", {} GPUs", humanize_number(gpus)) : "";
        words.push_back(formatted("{} → {} ({}{})", lever_words(lever),
                                  humanize(lever.outcome.main().time.total()),
                                  humanize_percent(change_of(lever, now)), more));
    }
    return {{"What would help most:  " + joined(words, "  ·  ")}};
}

}  // namespace

Report analyze_report(const Prepared& prepared, const Evaluation& evaluation,
                      const std::vector<Lever>& levers) {
    const Deployment& d = prepared.deployment;
    const auto& step = std::get<StepOutcome>(evaluation.outcome);
    const Outcome& outcome = step.bound;
    Report report{.command = "analyze", .verdict = verdict(prepared, outcome.main())};
    if (outcome.layout.pipeline > 1) report.verdict += formatted(" on {}", hardware_words(d));
    report.verdict += doubt_verdict(d, evaluation.memory);
    report.inputs = inputs_of(d);
    report.result.add("model", model_record(d))
        .add("memory", memory_record(prepared, outcome.memory));
    add_phases(prepared, step, report.result);
    report.result.add("metrics", metrics_record(evaluation.on(Basis::bound)))
        .add("metrics_expected", metrics_record(evaluation.on(Basis::expected)))
        .add("metrics_pessimistic", metrics_record(evaluation.on(Basis::pessimistic)))
        .add("expectation", step.expected ? Value(expectation_record(evaluation)) : Value())
        .add("levers", lever_list(levers, outcome))
        .add("cost", outcome.bill ? Value(cost_record(*outcome.bill, "bound", d)) : Value());
    report.blocks.emplace_back(phase_lines(prepared, outcome.memory, step));
    report.blocks.emplace_back(Text{{headline(d)}});
    report.blocks.emplace_back(memory_bar(prepared, outcome.memory));
    report.blocks.emplace_back(phase_table(prepared, evaluation));
    report.blocks.emplace_back(operator_table(prepared, outcome.main()));
    if (!levers.empty()) report.blocks.emplace_back(lever_text(levers, outcome));
    if (outcome.bill)
        report.blocks.emplace_back(Text{{"Cost at best: " + bill_words(*outcome.bill, d)}});
    report.warnings = deployment_warnings(prepared);
    report.assumptions = bound_assumptions(prepared);
    if (step.expected) report.assumptions.push_back(expected_note(d));
    return report;
}

}  // namespace roofline
