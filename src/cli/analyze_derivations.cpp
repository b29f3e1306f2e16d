#include "analyze_derivations.hpp"

#include "roofline/report/humanize.hpp"

#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

constexpr int digits = 4;

std::string words(const Measure& measure) { return humanize(measure, digits); }

Derivation memory_step(const Prepared& prepared, const Outcome& outcome) {
    const MemoryLedger& m = outcome.memory;
    const Device& device = *prepared.deployment.device;
    return {.path = "result.memory.used_bytes",
            .formula = "weights + KV cache + reserve, against reported memory x utilization",
            .numbers =
                formatted("{} + {} + {} = {} against {} x {:.2f} = {}", words(m.weights),
                          words(m.cache), words(m.reserve), words(m.used()),
                          words(device.capacity()), m.usable / device.capacity(), words(m.usable)),
            .source = device.dram().reported ? device.dram().reported->from.source
                                             : device.dram().capacity->from.source};
}

Derivation bytes_step(const PhaseOutcome& phase, PhaseKind kind) {
    const Traffic& t = phase.time.traffic;
    return {.path = formatted("result.{}.bytes", name_of(kind)),
            .formula = "weights read + KV cache read + KV cache written",
            .numbers = formatted("{} + {} + {} = {}", words(t.weights), words(t.cache_read),
                                 words(t.cache_written), words(t.total())),
            .source =
                "every weight matrix once, without the input embedding, which is looked up; "
                "keys and values once per KV head"};
}

Derivation time_step(const PhaseOutcome& phase, PhaseKind kind) {
    const auto& by = phase.time.by_bound;
    return {
        .path = formatted("result.{}.bound_s", name_of(kind)),
        .formula = "sum over operators of max(flops / peak, bytes / bandwidth, sent / link)",
        .numbers = formatted("{} compute-bound + {} memory-bound + {} network-bound = {}",
                             words(by[0]), words(by[1]), words(by[2]), words(phase.time.total())),
        .source = "Williams, Waterman and Patterson 2009, operator by operator"};
}

Derivation operator_step(const OperatorTime& op, const Prepared& prepared, PhaseKind kind) {
    const Machine& machine = prepared.machine;
    return {.path = formatted("{}, {}", name_of(kind), name_of(op.kind)),
            .formula = "max(flops / peak, bytes / bandwidth)",
            .numbers = formatted(
                "max({} / {}, {} / {}) = max({}, {}) = {}", words(op.work.flops),
                words(machine.peak(op.precision)), words(op.work.traffic.total()),
                words(machine.memory), words(op.work.flops / machine.peak(op.precision)),
                words(op.work.traffic.total() / machine.memory), words(op.timing.total())),
            .source = formatted("{} arithmetic", name_of(op.precision))};
}

}  // namespace

Ridge main_ridge(const Prepared& prepared, const PhaseOutcome& phase, PhaseKind kind) {
    const auto ops = operators_of(prepared, phase, kind);
    const auto main =
        std::ranges::max_element(ops, {}, [](const OperatorTime& op) { return op.work.flops; });
    return *ridge_of(*prepared.deployment.device, main->precision, MemoryLevel::dram);
}

std::vector<Derivation> derivations_of(const Prepared& prepared, const Outcome& outcome) {
    std::vector<Derivation> steps{memory_step(prepared, outcome)};
    for (const PhaseKind kind : {PhaseKind::prefill, PhaseKind::decode}) {
        const auto& phase = outcome.phase(kind);
        if (!phase) continue;
        steps.push_back(bytes_step(*phase, kind));
        for (const OperatorTime& op : operators_of(prepared, *phase, kind))
            if (op.work.flops > Flops()) steps.push_back(operator_step(op, prepared, kind));
        steps.push_back(time_step(*phase, kind));
    }
    return steps;
}

}  // namespace roofline::cli
