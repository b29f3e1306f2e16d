#include "roofline/evaluate/outcome.hpp"

#include <algorithm>

namespace roofline {
namespace {

PhaseTime phase_time(const Prepared& prepared, PhaseKind kind, const Step& step) {
    return time_of(*prepared.workload.phase(kind), step, prepared.workload.layout,
                   prepared.machine);
}

// Device time of one prompt while all are busy: each data-parallel rank with a prompt of its own,
// in every pipeline stage.
Seconds busy_prefill_time(const Prepared& prepared, Seconds alone, double isl) {
    const Layout& layout = prepared.workload.layout;
    const Step step{.sequences = layout.data, .tokens = isl};
    const Seconds together =
        layout.data == 1 ? alone : phase_time(prepared, PhaseKind::prefill, step).total();
    return together / (layout.data * layout.pipeline);
}

PhaseOutcome prefill_outcome(const Prepared& prepared, const Point& point) {
    const Step step{.sequences = 1, .tokens = point.isl};
    const Layout& layout = prepared.workload.layout;
    PhaseOutcome outcome{.step = step, .time = phase_time(prepared, PhaseKind::prefill, step)};
    const Seconds busy = busy_prefill_time(prepared, outcome.time.total(), point.isl);
    outcome.tokens_per_second = layout.replicas * point.isl * token / busy;
    // Pieces of one prompt can be in all stages at once.
    for (Seconds& time : outcome.time.by_bound) time = time / layout.pipeline;
    return outcome;
}

// Every pipeline stage works on its part of the batch; in a steady state all stages are busy.
PhaseOutcome decode_outcome(const Prepared& prepared, const Point& point) {
    const Layout& layout = prepared.workload.layout;
    const Step step{.sequences = sequences_per_rank(point.batch, layout.pipeline),
                    .tokens = 1,
                    .before = std::max(point.context - 1, 0.0)};
    PhaseOutcome outcome{.step = step, .time = phase_time(prepared, PhaseKind::decode, step)};
    outcome.tokens_per_second = layout.replicas * point.batch * token / outcome.time.total();
    return outcome;
}

// The first output token comes with the prefill, the others with a step each.
RequestTime request_time(const Outcome& outcome) {
    const PhaseOutcome& prefill = *outcome.phase(PhaseKind::prefill);
    const PhaseOutcome& decode = *outcome.phase(PhaseKind::decode);
    const double replicas = outcome.layout.replicas;
    return {.prefill = replicas * outcome.isl * token / prefill.tokens_per_second,
            .decode = replicas * (outcome.osl - 1) * token / decode.tokens_per_second,
            .input_tokens = outcome.isl,
            .output_tokens = outcome.osl};
}

}  // namespace

Prepared prepare(const Deployment& deployment) {
    Prepared prepared{.deployment = complete(deployment), .workload = {}, .machine = {}};
    prepared.workload = lower(prepared.deployment);
    prepared.machine = machine_of(*prepared.deployment.device, prepared.workload.layout);
    return prepared;
}

Point point_of(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    return {.batch = *d.batch,
            .isl = *d.isl,
            .osl = d.osl.value_or(0),
            .context = d.context.value_or(*d.isl)};
}

std::optional<Watts> power_of(const Deployment& deployment) {
    if (deployment.power) return *deployment.gpus * *deployment.power;
    const auto& nominal = deployment.device->power;
    return nominal ? std::optional(*deployment.gpus * nominal->value) : std::nullopt;
}

void add_bill(const Prepared& prepared, Outcome& outcome) {
    const auto tariff = tariff_of(prepared.deployment);
    if (!tariff || !outcome.phase(PhaseKind::decode)) return;
    outcome.bill = bill_of_requests(request_time(outcome), outcome.layout.replicas, *tariff);
}

Outcome evaluate(const Prepared& prepared, const Point& point, const Assumptions& assumptions) {
    const Deployment& d = prepared.deployment;
    const Layout& layout = prepared.workload.layout;
    Outcome outcome{.layout = layout, .batch = point.batch, .isl = point.isl, .osl = point.osl};
    outcome.memory =
        memory_of(prepared.workload, *d.device, point.batch, point.context, assumptions);
    outcome.power = power_of(d);
    if (!outcome.memory.fits()) return outcome;
    outcome.phases[0] = prefill_outcome(prepared, point);
    if (!d.model->causal) return outcome;
    outcome.phases[1] = decode_outcome(prepared, point);
    add_bill(prepared, outcome);
    return outcome;
}

Outcome evaluate(const Deployment& deployment, const Assumptions& assumptions) {
    const Prepared prepared = prepare(deployment);
    return evaluate(prepared, point_of(prepared), assumptions);
}

std::vector<OperatorTime> operators_of(const Prepared& prepared, const PhaseOutcome& outcome,
                                       PhaseKind kind) {
    const Layout& layout = prepared.workload.layout;
    auto times =
        operator_times(*prepared.workload.phase(kind), outcome.step, layout, prepared.machine);
    const double at_once = kind == PhaseKind::prefill ? layout.pipeline : 1;
    for (OperatorTime& time : times) time.timing = time.timing / at_once;
    return times;
}

}  // namespace roofline
