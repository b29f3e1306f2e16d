#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"
#include "roofline/evaluate/served.hpp"

#include "answer/deployment/bound_reason.hpp"
#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_derivations.hpp"
#include "answer/words.hpp"
#include "answer/deployment/money_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

// The phase that an answer is about: decoding, or the one pass of an encoder.
PhaseKind main_phase(const Outcome& outcome) {
    return outcome.phase(PhaseKind::decode) ? PhaseKind::decode : PhaseKind::prefill;
}

std::string verdict(const Prepared& prepared, const Outcome& outcome) {
    const PhaseKind kind = main_phase(outcome);
    const PhaseOutcome& phase = *outcome.phase(kind);
    const std::string each = kind == PhaseKind::decode ? " per token" : " per input";
    return formatted("{} is {}-bound: {}. At best {}{}, {}", name_of(kind),
                     name_of(phase.time.bound()), bound_reason(prepared, phase, kind),
                     humanize(phase.time.total()), each, humanize(phase.tokens_per_second));
}

std::optional<Seconds> expected_of(const std::optional<ExpectedPhases>& expected, PhaseKind kind) {
    if (!expected) return std::nullopt;
    return kind == PhaseKind::prefill ? expected->prefill : expected->decode;
}

Row phase_row(const Outcome& outcome, const std::optional<ExpectedPhases>& expected,
              PhaseKind kind) {
    const PhaseOutcome& phase = *outcome.phase(kind);
    const Bound bound = phase.time.bound();
    const auto time = expected_of(expected, kind);
    return {std::string(name_of(kind)),
            Label{std::string(name_of(bound)), role_of(bound)},
            Measure(phase.time.total()),
            time ? Cell(Measure(*time)) : Cell(),
            phase.tokens_per_second.in(token / second),
            phase.time.intensity().in(flop / byte),
            Measure(phase.time.traffic.total()),
            Measure(phase.time.flops),
            Measure(phase.time.traffic.activations)};
}

Table phase_table(const Prepared& prepared, const Outcome& outcome,
                  const std::optional<ExpectedPhases>& expected) {
    std::vector<Row> rows;
    for (const PhaseKind kind : {PhaseKind::prefill, PhaseKind::decode})
        if (outcome.phase(kind)) rows.push_back(phase_row(outcome, expected, kind));
    const Deployment& d = prepared.deployment;
    std::string note = formatted("prefill: one prompt of {} tokens", humanize_number(*d.isl));
    if (d.model->causal)
        note += formatted(
            "; decode: one step of {} with {} tokens in the cache",
            *d.batch == 1 ? "one sequence" : humanize_number(*d.batch) + " sequences, each",
            humanize_number(*d.context));
    const double stages = outcome.layout.pipeline;
    if (stages > 1)
        note += formatted(
            "; work and bytes of one GPU in each of the {} stages, added up; a prompt "
            "in pieces, in all stages at once",
            stages);
    else if (outcome.layout.gpus() > 1)
        note += "; work and bytes per GPU";
    if (outcome.layout.gpus() > 1) note += ", tokens/s of all";
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
            .notes = {note}};
}

Table operator_table(const Prepared& prepared, const Outcome& outcome) {
    const PhaseKind kind = main_phase(outcome);
    const PhaseOutcome& phase = *outcome.phase(kind);
    std::vector<Row> rows;
    for (const OperatorTime& op : operators_of(prepared, phase, kind)) {
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
    const std::string title = kind == PhaseKind::decode ? "Decode step" : "Prefill";
    return {.title = title + ", operator by operator",
            .columns = {{"OPERATOR", "operator"},
                        {"DTYPE", "dtype", 3, Need::if_room},
                        {"WORK", "flops", 3, Need::if_room},
                        {"BYTES", "bytes", 3, Need::if_room},
                        {"TIME", "bound_s"},
                        {"SHARE", "share"},
                        {"BOUND", "bound", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

struct LeverEffect {
    const Lever& lever;
    Seconds time;
    double change;  ///< of the time, negative when it helps
};

std::vector<LeverEffect> effects(const std::vector<Lever>& levers, const Outcome& now) {
    const PhaseKind kind = main_phase(now);
    const Seconds before = now.phase(kind)->time.total();
    std::vector<LeverEffect> result;
    for (const Lever& lever : levers) {
        const Seconds after = lever.outcome.phase(kind)->time.total();
        result.push_back({lever, after, after / before - 1});
    }
    return result;
}

void add_levers(const std::vector<LeverEffect>& all, const Outcome& now, Report& report) {
    List list;
    std::vector<std::string> words;
    for (const LeverEffect& effect : all) {
        const double gpus = effect.lever.outcome.layout.gpus();
        list.emplace_back(Record()
                              .add("change", effect.lever.change)
                              .add("gpus", gpus)
                              .add("bound", effect.time)
                              .add("relative_change", effect.change));
        const std::string more =
            gpus > now.layout.gpus() ? formatted(", {} GPUs", humanize_number(gpus)) : "";
        words.push_back(formatted("{} → {} ({}{})", effect.lever.change, humanize(effect.time),
                                  humanize_percent(effect.change), more));
    }
    report.result.add("levers", std::move(list));
    if (!words.empty())
        report.blocks.emplace_back(Text{{"What would help most:  " + joined(words, "  ·  ")}});
}

void add_cost(const Prepared& prepared, const Outcome& outcome, Report& report) {
    if (!outcome.bill) {
        report.result.add("cost", Value());
        return;
    }
    const Bill& bill = *outcome.bill;
    report.result.add("cost", cost_record(bill, "bound", prepared.deployment));
    report.blocks.emplace_back(Text{{"Cost at best: " + bill_words(bill, prepared.deployment)}});
}

}  // namespace

Answer run_analyze(const Arguments& arguments, Session& session) {
    const Prepared prepared = prepare(deployment_from(arguments, session));
    const Outcome outcome = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!outcome.memory.fits()) return misfit_answer("analyze", prepared, outcome, session);
    const Calibration calibration = calibration_from(arguments);
    const auto expected =
        expected_phases(prepared, outcome, fitted_efficiency().values, calibration.scales);
    const Evaluation figures =
        evaluate(prepared.deployment,
                 Knowledge{.assumptions = session.assumptions, .scales = calibration.scales});
    Report report{.command = "analyze", .verdict = verdict(prepared, outcome)};
    report.inputs = inputs_of(prepared.deployment);
    report.result.add("model", model_record(prepared.deployment))
        .add("memory", memory_record(prepared, outcome))
        .add("prefill", phase_value(prepared, outcome, PhaseKind::prefill,
                                    expected_of(expected, PhaseKind::prefill)))
        .add("decode", phase_value(prepared, outcome, PhaseKind::decode,
                                   expected_of(expected, PhaseKind::decode)))
        .add("metrics", metrics_record(outcome))
        .add("metrics_expected", metrics_record(figures.on(Basis::expected)))
        .add("metrics_pessimistic", metrics_record(figures.on(Basis::pessimistic)));
    report.warnings = deployment_warnings(prepared, session.assumptions);
    report.blocks.emplace_back(phase_lines(
        prepared, outcome, [&](PhaseKind kind) { return expected_of(expected, kind); }));
    report.blocks.emplace_back(Text{{headline(prepared.deployment)}});
    report.blocks.emplace_back(memory_bar(prepared, outcome));
    report.blocks.emplace_back(phase_table(prepared, outcome, expected));
    report.blocks.emplace_back(operator_table(prepared, outcome));
    const auto levers = decode_levers(prepared, outcome, session.assumptions);
    add_levers(effects(levers, outcome), outcome, report);
    add_cost(prepared, outcome, report);
    if (arguments.has("explain")) report.derivations = derivations_of(prepared, outcome);
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    if (expected) report.assumptions.push_back(expected_note(prepared.deployment));
    name_calibration(calibration, prepared.deployment, report);
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
