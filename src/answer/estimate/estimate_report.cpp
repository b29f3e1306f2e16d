#include "estimate_report.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/load_words.hpp"
#include "answer/deployment/money_report.hpp"
#include "answer/deployment/service_warnings.hpp"
#include "answer/deployment/typed_command.hpp"
#include "answer/lever_table.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "answer/memory/memory_derivations.hpp"
#include "answer/memory/memory_report.hpp"
#include "answer/time_table.hpp"
#include "answer/words.hpp"
#include "estimate_assumptions.hpp"
#include "estimate_derivations.hpp"
#include "estimate_figures.hpp"
#include "estimate_open_loop.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
namespace roofline {
namespace {

// Who waits comes before what they wait: nothing else says why a first token takes minutes.
std::string who_waits(const Evaluation& evaluation) {
    const std::string queue = queue_words(evaluation);
    return queue.empty() ? queue : queue + "; ";
}

std::string verdict(const PreparedService& service, const Evaluation& evaluation) {
    const Deployment& d = service.prepared.deployment;
    const ServedOutcome& outcome = evaluation.service();
    std::string words = formatted(
        "{} on {}, {} at concurrency {}{}: {}{} to the first token, {} per token ({} at best), {}",
        d.model->id, hardware_words(d), name_of(*d.engine), humanize_number(outcome.state.requests),
        *d.replicas > 1 ? " per replica" : "", who_waits(evaluation),
        humanize(outcome.expected.time_to_first_token), humanize(outcome.expected.time_per_token),
        humanize(outcome.bound.time_per_token), humanize(outcome.expected.output));
    if (outcome.bill)
        words +=
            formatted(", {} per 1M output with its prompts",
                      humanize(Measure(outcome.bill->per_1m_output(), outcome.bill->currency)));
    if (evaluation.open) words += open_words(*evaluation.open);
    if (evaluation.users) words += users_words(*evaluation.users, *d.replicas);
    return words + doubt_verdict(d, evaluation.memory);
}

struct TermRow {
    StepTerm term;
    TokenTerm time;

    Seconds total() const { return time.total(); }
};

std::vector<TermRow> terms_of(const SteadyState& state) {
    std::vector<TermRow> rows;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        rows.push_back({term, token_term(state, term)});
    }
    std::ranges::stable_sort(rows, std::greater<>(), &TermRow::total);
    return rows;
}

Table term_table(const PreparedService& service, const SteadyState& state) {
    const StepTime best = token_at_best(state, service.perfect);
    TimeTable table{
        .name = "a token",
        .best = "at full rates",
        .rows = {},
        .more = {{"in its step", "step_s", 3, Need::if_room},
                 {"prompts between", "prompts_s", 3, Need::if_room}},
        .notes = {formatted("{} sequences in a mean step, {} of {} requests admitted; the longest "
                            "step, with a prompt, takes {}",
                            humanize_number(state.decoding), humanize_number(state.admitted),
                            humanize_number(state.requests), humanize(state.longest_step))}};
    for (const TermRow& row : terms_of(state)) {
        if (row.total() == Seconds()) continue;
        const Seconds least = best.of(row.term);
        table.rows.push_back({.name = std::string(name_of(row.term)),
                              .best = least > Seconds() ? std::optional(least) : std::nullopt,
                              .expected = row.total(),
                              .more = {Measure(row.time.step), Measure(row.time.prompts)}});
    }
    return time_table(std::move(table));
}

List term_list(const SteadyState& state) {
    List list;
    for (const TermRow& row : terms_of(state))
        list.emplace_back(Record()
                              .add("name", name_of(row.term))
                              .add("step", row.time.step)
                              .add("prompts", row.time.prompts)
                              .add("tpot", row.total())
                              .add("share", row.total() / state.time_per_token));
    return list;
}

Record efficiency_record(const Efficiency& efficiency) {
    Record record;
    for (const EfficiencyRow& row : efficiency_rows())
        record.add(row.name, Measure(efficiency.*row.member, row.dimension));
    return record;
}

Record state_record(const SteadyState& state) {
    return Record()
        .add("capacity_sequences", state.capacity)
        .add("admitted", state.admitted)
        .add("decoding", state.decoding)
        .add("prompts_per_token", state.prompts_per_token)
        .add("prefill_share", state.prefill_share)
        .add("tokens_per_step", state.tokens_per_step)
        .add("decode_step", state.tokens_per_step * state.decode_step.total())
        .add("prompt_step", state.prompt_step.total())
        .add("longest_step", state.longest_step)
        .add("converged", state.converged);
}

Record state_memory_record(const Prepared& prepared, const MemoryLedger& memory,
                           const SteadyState& state) {
    return memory_record(prepared, memory).add("max_sequences", state.capacity);
}

}  // namespace

Report estimate_report(const PreparedService& service, const Evaluation& evaluation,
                       const std::vector<HelpfulLever>& levers, const Calibration& calibration) {
    const Deployment& d = service.prepared.deployment;
    const ServedOutcome& outcome = evaluation.service();
    const auto& open = evaluation.open;
    const SteadyState& state = outcome.state;
    const MemoryLedger memory = served_memory(service, state);
    Report report{.command = "estimate", .verdict = verdict(service, evaluation)};
    report.inputs = inputs_of(d);
    add_figures(service, outcome, report.result);
    report.result.add("measured", outcome.measured)
        .add("terms", term_list(state))
        .add("state", state_record(state))
        .add("memory", state_memory_record(service.prepared, memory, state))
        .add("efficiency", efficiency_record(service.efficiency))
        .add("open_loop", open ? Value(open_loop_record(*open)) : Value())
        .add("users", evaluation.users ? Value(users_record(*evaluation.users)) : Value())
        .add("levers", lever_list(levers, evaluation));
    report.blocks.emplace_back(figure_line(service, outcome));
    report.blocks.emplace_back(figure_table(service, outcome));
    if (open) report.blocks.emplace_back(percentile_table(*open));
    report.blocks.emplace_back(Text{{detail_words(d)}});
    const std::string room = "room for " + counted_words(std::floor(state.capacity), "sequence");
    report.blocks.emplace_back(memory_bar(memory, service.prepared.workload.layout, room));
    report.blocks.emplace_back(term_table(service, state));
    if (const auto& bill = evaluation.on(Basis::expected).bill)
        report.result.add("cost", cost_record(*bill, "expected", d));
    if (!levers.empty()) report.blocks.emplace_back(lever_table(levers, evaluation));
    report.derivations = service_derivations(service, outcome);
    std::ranges::move(memory_derivations(service.prepared, memory),
                      std::back_inserter(report.derivations));
    report.assumptions = service_assumptions(service);
    name_calibration(calibration, d, report);
    std::ranges::move(service_warnings(service.prepared, evaluation),
                      std::back_inserter(report.warnings));
    return report;
}

// A rate that grows the queue without end has no latency: the answer is the rate that does not.
Report overload_report(const PreparedService& service, const OpenLoop& open) {
    const Deployment& d = service.prepared.deployment;
    Report report{.command = "estimate"};
    report.verdict =
        formatted("{} on {} cannot keep up with {} requests/s: {} is its capacity with {}",
                  d.model->id, hardware_words(d), humanize_number(open.rate),
                  humanize_number(open.capacity), name_of(*d.engine));
    report.inputs = inputs_of(d);
    for (const std::string_view key : {"ttft_s", "tpot_s", "e2e_s", "tokens_per_s"})
        report.result.add(key, Value());
    report.result.add("open_loop", open_loop_record(open));
    const double replicas = open.comfortable_replicas(*d.replicas);
    report.result.add("replicas_for_80_percent", replicas);
    Deployment more = as_asked(d);
    more.replicas = replicas;
    more.gpus.reset();
    const std::string next = typed_command("estimate", more);
    report.result.add("next", next);
    report.blocks.emplace_back(Text{{detail_words(d)}});
    report.blocks.emplace_back(
        TypedCommand{formatted("{} replicas of {} would run at {}:", humanize_number(replicas),
                               counted(layout_of(d).instance(), d.device->id),
                               humanize_percent(*d.replicas * open.utilization / replicas)),
                     next});
    report.assumptions = service_assumptions(service);
    return report;
}

}  // namespace roofline
