#include "roofline/evaluate/outcome.hpp"

#include <algorithm>

namespace roofline {
namespace {

PhaseOutcome phase_outcome(const Prepared& prepared, PhaseKind kind, const Step& step,
                           double tokens_out) {
    const Phase& phase = *prepared.workload.phase(kind);
    const Layout& layout = prepared.workload.layout;
    PhaseOutcome outcome{.step = step, .time = time_of(phase, step, layout, prepared.machine)};
    outcome.tokens_per_second = layout.replicas * tokens_out * token / outcome.time.total();
    return outcome;
}

// Every pipeline stage works on its part of the batch; in a steady state all stages are busy.
Step decode_step(const Layout& layout, const Point& point) {
    return {.sequences = sequences_per_rank(point.batch, layout.pipeline),
            .tokens = 1,
            .before = std::max(point.context - 1, 0.0)};
}

RequestTime request_time(const Prepared& prepared, const Outcome& outcome, const Point& point) {
    const Layout& layout = prepared.workload.layout;
    const Phase& prefill = *prepared.workload.phase(PhaseKind::prefill);
    // Busy devices prefill one prompt per data-parallel rank, in every pipeline stage.
    const Step step{.sequences = layout.data, .tokens = point.isl};
    const Seconds together = time_of(prefill, step, layout, prepared.machine).total();
    RequestTime request{.prefill = together / (layout.data * layout.pipeline),
                        .input_tokens = point.isl,
                        .output_tokens = point.osl};
    const auto& decode = outcome.phase(PhaseKind::decode);
    if (decode) request.decode = decode->time.total() * (point.osl / point.batch);
    return request;
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
    return {.batch = *d.batch, .isl = *d.isl, .osl = *d.osl, .context = *d.context};
}

Outcome evaluate(const Prepared& prepared, const Point& point, const Assumptions& assumptions) {
    const Deployment& d = prepared.deployment;
    const Layout& layout = prepared.workload.layout;
    Outcome outcome{.layout = layout, .batch = point.batch, .isl = point.isl, .osl = point.osl};
    outcome.memory =
        memory_of(prepared.workload, *d.device, point.batch, point.context, assumptions);
    if (d.device->power) outcome.power = layout.gpus() * d.device->power->value;
    if (!outcome.memory.fits()) return outcome;
    const Step whole_prompt{.sequences = 1, .tokens = point.isl};
    outcome.phases[0] = phase_outcome(prepared, PhaseKind::prefill, whole_prompt, point.isl);
    if (d.model->causal)
        outcome.phases[1] =
            phase_outcome(prepared, PhaseKind::decode, decode_step(layout, point), point.batch);
    if (d.rental && d.model->causal)
        outcome.bill = bill_of_requests(request_time(prepared, outcome, point), layout.replicas,
                                        layout.gpus(), d.rental->rate, d.rental->currency);
    return outcome;
}

Outcome evaluate(const Deployment& deployment, const Assumptions& assumptions) {
    const Prepared prepared = prepare(deployment);
    return evaluate(prepared, point_of(prepared), assumptions);
}

std::vector<OperatorTime> operators_of(const Prepared& prepared, const PhaseOutcome& outcome,
                                       PhaseKind kind) {
    return operator_times(*prepared.workload.phase(kind), outcome.step, prepared.workload.layout,
                          prepared.machine);
}

}  // namespace roofline
