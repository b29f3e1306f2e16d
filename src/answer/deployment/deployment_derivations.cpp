#include "deployment_derivations.hpp"

#include "answer/memory/memory_derivations.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr int digits = 4;

std::string words(const Measure& measure) { return humanize(measure, digits); }

Derivation memory_step(const MemoryLedger& m) {
    return {.path = "result.memory.used_bytes",
            .formula = "weights + KV cache + working + other + graphs, against what is usable",
            .numbers = formatted("{} + {} + {} + {} + {} = {} against {}", words(m.weights),
                                 words(m.cache), words(m.working), words(m.other), words(m.graphs),
                                 words(m.used()), words(m.usable)),
            .source = "the terms above"};
}

Derivation bytes_step(const PhaseOutcome& phase) {
    const Traffic& t = phase.time.traffic;
    return {.path = formatted("result.{}.bytes", phase.name),
            .formula = "weights read + KV cache read + KV cache written",
            .numbers = formatted("{} + {} + {} = {}", words(t.weights), words(t.cache_read),
                                 words(t.cache_written), words(t.total())),
            .source =
                "every weight matrix once, without the input embedding, which is looked up; "
                "keys and values once per KV head"};
}

Derivation time_step(const PhaseOutcome& phase) {
    const auto& by = phase.time.by_bound;
    const double stages = phase.at_once;
    return {
        .path = formatted("result.{}.bound_s", phase.name),
        .formula = formatted(
            "sum over operators of max(flops / peak, bytes / bandwidth, sent / link){}",
            stages > 1 ? formatted(" / {} stages, in which pieces of a prompt are at once", stages)
                       : std::string()),
        .numbers = formatted("{} compute-bound + {} memory-bound + {} network-bound = {}",
                             words(by[0]), words(by[1]), words(by[2]), words(phase.time.total())),
        .source = "Williams, Waterman and Patterson 2009, operator by operator"};
}

Derivation transfer_step(const Operator& op, const OperatorTime& time, const Prepared& prepared,
                         std::string_view phase) {
    const BytesPerSecond rate = prepared.machine.link(op.link);
    const auto link =
        prepared.deployment.device->link_among(prepared.workload.layout.ways(op.link));
    return {.path = formatted("{}, {} x {}", phase, humanize_number(op.count), name_of(op.kind)),
            .formula = "sent by one GPU / link",
            .numbers = formatted("{} / {} = {}", words(time.work.network), words(rate),
                                 words(time.timing.total())),
            .source = formatted("{}, one direction", link->name)};
}

Derivation operator_step(const Operator& op, const OperatorTime& time, const Prepared& prepared,
                         std::string_view phase) {
    const Machine& machine = prepared.machine;
    return {
        .path = formatted("{}, {} x {}", phase, humanize_number(op.count), name_of(op.kind)),
        .formula = "max(flops / peak, bytes / bandwidth)",
        .numbers = formatted("max({} / {}, {} / {}) = max({}, {}) = {}", words(time.work.flops),
                             words(machine.peak(op.precision)), words(time.work.traffic.total()),
                             words(machine.memory), words(time.timing.compute),
                             words(time.timing.memory), words(time.timing.total())),
        .source = formatted("{} arithmetic", name_of(op.precision))};
}

void add_operator_steps(const Prepared& prepared, const PhaseOutcome& phase,
                        std::vector<Derivation>& steps) {
    for (const Operator& op : phase_of(prepared, phase).operators) {
        const OperatorTime time =
            time_of(op, phase.step, prepared.workload.layout, prepared.machine);
        if (time.work.network > Bytes())
            steps.push_back(transfer_step(op, time, prepared, phase.name));
        else if (time.work.flops > Flops())
            steps.push_back(operator_step(op, time, prepared, phase.name));
    }
}

Derivation rate_step(const Outcome& outcome, const PhaseOutcome& phase) {
    const Layout& layout = outcome.layout;
    const std::string path = formatted("result.{}.bound_tokens_per_s", phase.name);
    if (phase.pass != Pass::prompt) {
        return {.path = path,
                .formula = "replicas x batch / step",
                .numbers = formatted("{} x {} / {} = {}", layout.replicas,
                                     humanize_number(phase.sequences), words(phase.time.total()),
                                     words(phase.tokens_per_second)),
                .source = "one token per sequence and step"};
    }
    return {.path = path,
            .formula = "replicas x prompts at once x tokens / time for them",
            .numbers = formatted(
                "{} x {} tokens each in {} = {}", layout.replicas, humanize_number(outcome.isl),
                words(layout.replicas * outcome.isl * token / phase.tokens_per_second),
                words(phase.tokens_per_second)),
            .source = "a prompt in every data-parallel rank and pipeline stage"};
}

Derivation bill_step(const Outcome& outcome) {
    const Bill& bill = *outcome.bill;
    const Measure rate(bill.rate, bill.currency);
    const Measure per_1m(bill.per_1m_output(), bill.currency);
    return {.path = formatted("result.cost.{}_per_1m_output_tokens", row_of(bill.currency).key),
            .formula = "bill of all devices / output tokens",
            .numbers = formatted("{} / {} = {} per 1M tokens", words(rate), words(bill.output),
                                 words(per_1m)),
            .source = "a request takes its prompt's device time and osl - 1 shares of a step"};
}

}  // namespace

Ridge main_ridge(const Prepared& prepared, const PhaseOutcome& phase) {
    const auto ops = operators_of(prepared, phase);
    const auto main =
        std::ranges::max_element(ops, {}, [](const OperatorTime& op) { return op.work.flops; });
    return *ridge_of(*prepared.deployment.device, main->precision, MemoryLevel::dram);
}

std::vector<Derivation> derivations_of(const Prepared& prepared, const Outcome& outcome) {
    std::vector<Derivation> steps = memory_derivations(prepared, outcome.memory);
    steps.push_back(memory_step(outcome.memory));
    for (const PhaseOutcome& phase : outcome.phases) {
        steps.push_back(bytes_step(phase));
        add_operator_steps(prepared, phase, steps);
        steps.push_back(time_step(phase));
        steps.push_back(rate_step(outcome, phase));
    }
    if (outcome.bill) steps.push_back(bill_step(outcome));
    return steps;
}

}  // namespace roofline
