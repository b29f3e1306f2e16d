#include "roofline/evaluate/served.hpp"

#include "serving/habits.hpp"

#include <algorithm>

namespace roofline {
namespace {

/// What one request takes: `first` counts the delay of a chunked response, `step` has no prompts.
struct RequestTimes {
    Seconds first;
    Seconds each;
    Seconds step;
    Seconds response_delay;
};

// A request makes room for the next with a step of its own after its last token.
ServedFigures figures_of(const RequestTimes& times, const Load& load, const Layout& layout) {
    ServedFigures figures{.time_to_first_token = times.first, .time_per_token = times.each};
    figures.end_to_end = times.first - times.response_delay + (load.answer - 1) * times.each;
    figures.output_per_user = load.answer * token / (figures.end_to_end + times.step);
    figures.output = layout.replicas * load.concurrency * figures.output_per_user;
    figures.output_per_gpu = figures.output / layout.gpus();
    return figures;
}

// What requests of a stage take of it at best, whatever the order of its work: in a turn each has
// its prompt and its answer. Prompts fill what the engine's budget leaves and, where it mixes,
// others decode beside them.
Seconds least_turn(const PreparedService& service, const Load& load, double requests) {
    const double prompts = requests * load.fresh();
    const double of_prompts = prompts / std::max(load.step_budget(), load.fresh());
    const double of_answers = (load.answer - 1) / load.tokens_per_step();
    if (row_of(service.prepared.deployment.engine->program).prefills_alone) {
        const double alone = std::max(of_prompts, 1.0);
        return service.perfect.least_time_of(
                   {.steps = alone, .prompt_steps = alone, .prompt_tokens = prompts}) +
               service.perfect.least_time_of({.steps = of_answers, .sequences = requests});
    }
    const double steps = std::max(of_answers + load.prompt_steps(), of_prompts);
    return service.perfect.least_time_of({.steps = steps,
                                          .prompt_steps = std::clamp(of_prompts, 1.0, steps),
                                          .prompt_tokens = prompts,
                                          .sequences = requests * of_answers / steps});
}

// Requests in flight need at least their own time each, and no more leave than the devices can work
// off. Nothing but times depends on how fast the devices are: a faster one is nowhere slower.
ServedFigures bound_of(const PreparedService& service, double admitted, const Load& load) {
    const auto time = [&](const MixedStep& step) { return service.perfect.time_of(step).total(); };
    const Layout& layout = service.prepared.workload.layout;
    // Each pipeline stage works on its part of the batch.
    const Seconds prompt = service.least_prompt;
    const double in_stage = std::max(admitted / layout.pipeline, 1.0);
    const Seconds each = time({.sequences = in_stage}) / load.tokens_per_step();
    const Seconds alone = prompt + (load.answer - 1) * service.least_token;
    const Seconds by_devices =
        admitted / (layout.pipeline * in_stage) * least_turn(service, load, in_stage);
    const Seconds turn = std::max(alone, by_devices);
    const Seconds first = prompt + rounds_waited(load, admitted) * turn;
    ServedFigures bound = figures_of({.first = first, .each = each}, load, layout);
    const double rounds = load.concurrency / admitted;
    bound.end_to_end = std::max(bound.end_to_end, rounds * turn);
    if (load.answer == 1) bound.time_to_first_token = bound.end_to_end;
    bound.output_per_user = load.answer * token / (rounds * turn);
    bound.output = layout.replicas * load.concurrency * bound.output_per_user;
    bound.output_per_gpu = bound.output / layout.gpus();
    return bound;
}

Server server_of(const PreparedService& service, const CalibrationScales& scales) {
    return {.model = service.model,
            .engine = service.prepared.deployment.engine->program,
            .capacity = service.capacity,
            .efficiency = service.efficiency,
            .scales = scales};
}

// The state's times, none below its bound. Requests that the devices cannot work off as fast as
// they come back wait for their first token.
RequestTimes expected_times(const SteadyState& state, const ServedFigures& bound, const Load& load,
                            const Layout& layout) {
    RequestTimes times{.each = std::max(state.time_per_token, bound.time_per_token),
                       .step = state.decode_step.total(),
                       .response_delay = state.response_delay};
    const Seconds least_turn =
        layout.replicas * load.concurrency * load.answer * token / bound.output;
    const Seconds after_first = (load.answer - 1) * times.each;
    const Seconds least = std::max(least_turn - after_first, bound.time_to_first_token);
    times.first = std::max(state.time_to_first_token, least + times.response_delay);
    return times;
}

// No server is faster than its bound, however far off the expectation may be.
void limit_to_bound(ServedOutcome& outcome) {
    const auto at_least = [](ErrorBand& band, Seconds bound, Seconds expected) {
        band.low = std::max(band.low, std::min(bound / expected, 1.0));
    };
    const ServedFigures& expected = outcome.expected;
    const ServedFigures& bound = outcome.bound;
    BandRow& band = outcome.band;
    at_least(band.time_per_token, bound.time_per_token, expected.time_per_token);
    at_least(band.time_to_first_token, bound.time_to_first_token, expected.time_to_first_token);
    band.output.high = std::min(band.output.high, bound.output / expected.output);
}

}  // namespace

bool never_measured(const Deployment& d, const Load& load) {
    if (layout_of(d).tensor_far() > 1 || d.eager.value_or(false)) return true;
    return d.rate || std::ranges::any_of(habits(), [&](const Habit& habit) {
               return habit.in_use != nullptr && habit.in_use(load);
           });
}

// Pieces of one prompt can be in all pipeline stages at once.
void set_least_times(PreparedService& service) {
    const Load& load = service.load;
    const ServedModel& perfect = service.perfect;
    service.least_prompt = perfect.time_of({.prompt_tokens = load.fresh()}).total() /
                           service.prepared.workload.layout.pipeline;
    service.least_token = perfect.time_of({.sequences = 1}).total() / load.tokens_per_step();
}

PreparedService prepare_service(const Deployment& asked, const Efficiency& efficiency,
                                const FittedEfficiency* fitted, const CalibrationScales& scales) {
    Prepared prepared = prepare(complete_service(asked));
    const Deployment& d = prepared.deployment;
    const Load load = load_of(d);
    const ServedLengths lengths = lengths_of(load);
    ServedModel model(d, prepared.workload, prepared.machine, efficiency, lengths);
    Efficiency full_rates;
    full_rates.expert_spread = efficiency.expert_spread;  // where tokens go is no matter of rates
    ServedModel perfect(d, prepared.workload, prepared.machine, full_rates, lengths);
    const double capacity =
        cache_capacity(prepared.workload, memory_of(prepared), load, d.engine->program);
    PreparedService service{.prepared = std::move(prepared),
                            .load = load,
                            .model = std::move(model),
                            .perfect = std::move(perfect),
                            .least_prompt = {},
                            .least_token = {},
                            .capacity = capacity,
                            .fitted = fitted,
                            .efficiency = efficiency,
                            .scales = scales};
    set_least_times(service);
    return service;
}

void set_load(PreparedService& service, Deployment complete) {
    service.prepared.deployment = std::move(complete);
    const Deployment& d = service.prepared.deployment;
    service.prepared.workload.layout = layout_of(d);
    service.load = load_of(d);
    const ServedLengths lengths = lengths_of(service.load);
    service.model.set_lengths(lengths);
    service.perfect.set_lengths(lengths);
    set_least_times(service);
    service.capacity = cache_capacity(service.prepared.workload, memory_of(service.prepared),
                                      service.load, d.engine->program);
}

ServedOutcome serve(const PreparedService& service, double concurrency) {
    Load load = service.load;
    load.concurrency = concurrency;
    const Layout& layout = service.prepared.workload.layout;
    ServedOutcome outcome;
    outcome.state = steady_state(server_of(service, service.scales), load);
    outcome.bound = bound_of(service, outcome.state.admitted, load);
    outcome.expected =
        figures_of(expected_times(outcome.state, outcome.bound, load, layout), load, layout);
    outcome.bill = bill_at(service, outcome.state, outcome.expected.output);
    if (service.fitted == nullptr) return outcome;
    const Deployment& d = service.prepared.deployment;
    const BandRow* band = never_measured(d, load)
                              ? nullptr
                              : service.fitted->band(d.engine->program, concurrency, *d.device);
    outcome.measured = band != nullptr;
    outcome.band =
        outcome.measured ? *band : service.fitted->widest_of(*d.device, d.model->has_experts());
    limit_to_bound(outcome);
    return outcome;
}

// The bill is split by the device time of a prompt and of an answer's part of its steps.
std::optional<Bill> bill_at(const PreparedService& service, const SteadyState& state,
                            TokensPerSecond output) {
    const auto tariff = tariff_of(service.prepared.deployment);
    if (!tariff) return std::nullopt;
    const Load& load = service.load;
    const RequestTime request{
        .prefill = std::max(state.prompt_step.total(), Seconds()),
        .decode = load.answer / std::max(state.decoding, 1.0) * state.decode_step.total(),
        .input_tokens = load.prompt,
        .output_tokens = load.answer,
        .cached_tokens = load.prompt - load.fresh()};
    return bill_of_service(output, request, *tariff);
}

MemoryLedger served_memory(const PreparedService& service, const SteadyState& state) {
    const double tokens = service.load.prompt + service.load.answer / 2;
    MemoryLedger memory = memory_of(service.prepared, state.admitted, tokens);
    const Workload& workload = service.prepared.workload;  // means: not of whole pages or sequences
    const Bytes all = state.admitted / workload.layout.data * workload.cache.held(tokens);
    // A full cache is as large as the room, to the last bit.
    memory.cache = memory.starts() == Starts::no ? all : std::min(all, memory.granted());
    return memory;
}

ServedModel expected_model(const Prepared& prepared, const Efficiency& efficiency) {
    const LoadPoint point = point_of(prepared);
    return {prepared.deployment,
            prepared.workload,
            prepared.machine,
            efficiency,
            {.fresh = point.isl, .context = point.context}};
}

std::optional<ExpectedPhases> expected_phases(const Prepared& prepared, const Outcome& outcome,
                                              ServedModel& model, const CalibrationScales& scales) {
    const PhaseOutcome* prompt = outcome.prefill();
    const PhaseOutcome* step = outcome.decode();
    if (prompt == nullptr || step == nullptr) return std::nullopt;
    const LoadPoint point = point_of(prepared);
    model.set_lengths({.fresh = point.isl, .context = point.context});
    return ExpectedPhases{
        .prompt =
            std::max(model.time_of({.prompt_tokens = point.isl}).total(), prompt->time.total()),
        .token = std::max(
            scales.decode_step * model.time_of({.sequences = step->step.sequences}).total(),
            step->time.total())};
}

std::optional<Seconds> ExpectedPhases::of(Pass pass) const {
    switch (pass) {
        case Pass::prompt:
            return prompt;
        case Pass::next_token:
            return token;
        case Pass::own:
            break;
    }
    return std::nullopt;
}

}  // namespace roofline
