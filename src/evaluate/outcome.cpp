#include "roofline/evaluate/outcome.hpp"

#include <algorithm>

namespace roofline {
namespace {

PhaseTime time_of(const Prepared& prepared, const Phase& phase, const Step& step) {
    return time_of(phase, step, prepared.workload.layout, prepared.machine);
}

// Device time of one prompt while all are busy: each data-parallel rank with a prompt of its own,
// in every pipeline stage.
Seconds busy_prompt_time(const Prepared& prepared, const Phase& phase, const PhaseOutcome& alone) {
    const Layout& layout = prepared.workload.layout;
    const Step step{.sequences = layout.data, .tokens = alone.step.tokens};
    const Seconds together =
        layout.data == 1 ? alone.time.total() : time_of(prepared, phase, step).total();
    return together / (layout.data * layout.pipeline);
}

void add_prompt(const Prepared& prepared, const Phase& phase, const LoadPoint& point,
                PhaseOutcome& outcome) {
    const Layout& layout = prepared.workload.layout;
    outcome.step = {.sequences = 1, .tokens = point.isl};
    outcome.time = time_of(prepared, phase, outcome.step);
    const Seconds busy = busy_prompt_time(prepared, phase, outcome);
    outcome.tokens_per_second = layout.replicas * point.isl * token / busy;
    outcome.at_once = layout.pipeline;
    for (Seconds& time : outcome.time.by_bound) time = time / outcome.at_once;
}

// Every pipeline stage works on its part of the batch; in a steady state all stages are busy. The
// first token of an answer comes with its prompt.
void add_token(const Prepared& prepared, const Phase& phase, const LoadPoint& point,
               PhaseOutcome& outcome) {
    const Layout& layout = prepared.workload.layout;
    outcome.repeats = point.osl - 1;
    outcome.sequences = point.sequences;
    outcome.step = {.sequences = sequences_per_rank(point.sequences, layout.pipeline),
                    .tokens = 1,
                    .before = std::max(point.context - 1, 0.0)};
    outcome.time = time_of(prepared, phase, outcome.step);
    outcome.tokens_per_second = layout.replicas * point.sequences * token / outcome.time.total();
}

void add_own(const Prepared& prepared, const Phase& phase, PhaseOutcome& outcome) {
    const double replicas = prepared.workload.layout.replicas;
    outcome.repeats = phase.repeats;
    outcome.sequences = phase.own.sequences;
    outcome.step = phase.own;
    outcome.time = time_of(prepared, phase, phase.own);
    outcome.tokens_per_second =
        replicas * phase.own.sequences * phase.own.tokens * token / outcome.time.total();
}

PhaseOutcome outcome_of(const Prepared& prepared, const Phase& phase, const LoadPoint& point) {
    PhaseOutcome outcome{.name = phase.name, .pass = phase.pass, .step = {}, .time = {}};
    switch (phase.pass) {
        case Pass::prompt:
            add_prompt(prepared, phase, point, outcome);
            break;
        case Pass::next_token:
            add_token(prepared, phase, point, outcome);
            break;
        case Pass::own:
            add_own(prepared, phase, outcome);
            break;
    }
    return outcome;
}

// Device time that a request takes of each phase.
RequestTime request_time(const Outcome& outcome, const PhaseOutcome& prompt,
                         const PhaseOutcome& step) {
    const double replicas = outcome.layout.replicas;
    return {.prefill = replicas * outcome.isl * token / prompt.tokens_per_second,
            .decode = replicas * step.repeats * token / step.tokens_per_second,
            .input_tokens = outcome.isl,
            .output_tokens = outcome.osl};
}

const PhaseOutcome* first_of(const std::vector<PhaseOutcome>& phases, Pass pass) {
    const auto found = std::ranges::find(phases, pass, &PhaseOutcome::pass);
    return found == phases.end() ? nullptr : &*found;
}

}  // namespace

const PhaseOutcome* Outcome::prefill() const { return first_of(phases, Pass::prompt); }
const PhaseOutcome* Outcome::decode() const { return first_of(phases, Pass::next_token); }
Seconds Outcome::latency() const {
    Seconds sum;
    for (const PhaseOutcome& phase : phases) sum += phase.repeats * phase.time.total();
    return sum;
}

Prepared prepare(const Deployment& deployment) {
    Prepared prepared{
        .deployment = complete(deployment), .workload = {}, .machine = {}, .server = {}};
    prepared.workload = lower(prepared.deployment);
    prepared.machine = machine_of(*prepared.deployment.device, prepared.workload.layout);
    prepared.server = server_memory(prepared.deployment, prepared.workload);
    return prepared;
}

LoadPoint point_of(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    return {.sequences = *d.batch,
            .isl = *d.isl,
            .osl = d.osl.value_or(0),
            .context = d.context.value_or(*d.isl)};
}

MemoryLedger memory_of(const Prepared& prepared, double sequences, double tokens) {
    const double longest = longest_request(prepared.deployment);
    return memory_of(prepared.server, prepared.workload,
                     {.sequences = sequences, .tokens = tokens, .longest = longest});
}

MemoryLedger memory_of(const Prepared& prepared) {
    return memory_of(prepared.server, prepared.workload, held_of(prepared));
}

Held held_of(const Prepared& prepared) {
    const LoadPoint point = point_of(prepared);
    return {.sequences = point.sequences,
            .tokens = point.context,
            .longest = longest_request(prepared.deployment)};
}

std::optional<Watts> power_of(const Deployment& deployment) {
    if (deployment.power) return *deployment.gpus * *deployment.power;
    const auto& nominal = deployment.device->power;
    return nominal ? std::optional(*deployment.gpus * nominal->value) : std::nullopt;
}

void add_bill(const Prepared& prepared, Outcome& outcome) {
    const PhaseOutcome* prompt = outcome.prefill();
    const PhaseOutcome* step = outcome.decode();
    if (prompt == nullptr || step == nullptr) return;
    if (const auto tariff = tariff_of(prepared.deployment))
        outcome.bill = bill_of_requests(request_time(outcome, *prompt, *step),
                                        outcome.layout.replicas, *tariff);
}

Outcome evaluate(const Prepared& prepared, const LoadPoint& point, Fit fit) {
    const Deployment& d = prepared.deployment;
    Outcome outcome{.layout = prepared.workload.layout,
                    .sequences = point.sequences,
                    .isl = point.isl,
                    .osl = point.osl};
    outcome.memory = memory_of(prepared, point.sequences, point.context);
    outcome.power = power_of(d);
    if (fit == Fit::judged && !outcome.memory.fits()) return outcome;
    outcome.phases.reserve(prepared.workload.phases.size());
    for (const Phase& phase : prepared.workload.phases)
        outcome.phases.push_back(outcome_of(prepared, phase, point));
    add_bill(prepared, outcome);
    return outcome;
}

Outcome evaluate(const Deployment& deployment) {
    const Prepared prepared = prepare(deployment);
    return evaluate(prepared, point_of(prepared));
}

const Phase& phase_of(const Prepared& prepared, const PhaseOutcome& outcome) {
    return *std::ranges::find(prepared.workload.phases, outcome.name, &Phase::name);
}

std::vector<OperatorTime> operators_of(const Prepared& prepared, const PhaseOutcome& outcome) {
    const Layout& layout = prepared.workload.layout;
    auto times =
        operator_times(phase_of(prepared, outcome), outcome.step, layout, prepared.machine);
    for (OperatorTime& time : times) time.timing = time.timing / outcome.at_once;
    return times;
}

}  // namespace roofline
